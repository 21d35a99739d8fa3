/** The look of a report on screen and on A4. */
export const STYLE = `
@page{size:A4;margin:16mm 15mm}
body{margin:24px auto;max-width:820px;padding:0 16px;font:12.5px/1.45 system-ui,sans-serif;color:#14181e;background:#fff}
h1{font-size:20px;line-height:1.25;margin:0 0 6px}h2{font-size:16px;margin:26px 0 6px;padding-top:8px;border-top:1px solid #a6afbc}
h3{font-size:13px;margin:16px 0 4px}p{margin:6px 0}ul{margin:6px 0;padding-left:20px}li{margin:2px 0}
table{border-collapse:collapse;width:100%;margin:12px 0 16px;font-size:11px;line-height:1.35}table.small{width:auto;min-width:50%}
caption{text-align:left;padding:0 0 4px;font-size:12px;color:#14181e}
th,td{padding:2px 8px 2px 0;border-bottom:1px solid #dadfe6;text-align:left;vertical-align:top;font-weight:400}
thead{display:table-header-group}thead th{font-weight:600;border-bottom:1px solid #465061;vertical-align:bottom}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}thead .n{white-space:normal}
figure{margin:14px 0 18px;break-inside:avoid}figure svg{display:block;width:100%;height:auto}
figcaption{margin-top:4px;font-size:12px}
tr,dl,pre,li,caption,table.whole{break-inside:avoid}.tight{white-space:nowrap}h1,h2,h3,caption{break-after:avoid}
svg,svg *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:6px 0 12px;font-size:12px}dt{color:#4a5362}dd{margin:0}
pre{margin:6px 0;padding:6px 10px;border:1px solid #dadfe6;font-size:11px;white-space:pre-wrap;overflow-wrap:anywhere}
code{font-size:11px}.warn{padding:6px 10px;border:1px solid #735400}
@media screen{.scroll{overflow-x:auto}}
@media print{body{margin:0;max-width:none;padding:0;font-size:10.5px}table{font-size:9px}caption,figcaption,dl{font-size:10px}h1{font-size:17px}h2{font-size:14px}}
`;
