/** Words in dataset names that do not suggest a person, and names that do even in lower case. */

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Modalities, body parts, collections (TCIA and others), makers, and usual names of image folders. */
export const TERMS = set(`
  ct mr mri pt pet xr xray cr dx dr us nm mg rf xa ot sc rg spect cbct mrt pette petct ctpet petmr pti
  dicom dcm nifti nii npy png jpg jpeg tif tiff hdr img zip raw bmp analyze minc nrrd
  head neck brain skull face orbit orbits sinus spine cervical thoracic lumbar chest lung lungs thorax heart cardiac
  breast mammo mammography mammogram abdomen abdominal liver kidney kidneys renal spleen pancreas pelvis pelvic
  prostate bladder uterus ovary colon rectum hip knee ankle foot feet hand hands wrist elbow shoulder arm leg thigh
  extremity extremities bone bones skeleton muscle vessel vessels aorta coronary carotid whole body wholebody part
  teeth dental tooth skin eye retina ear nose throat joint femur tibia upper lower left right lateral frontal
  axial coronal sagittal oblique ap pa headneck torso trunk thyroid stomach bowel
  cancer tumor tumour tumors tumours lesion lesions nodule nodules mass metastases metastasis carcinoma sarcoma glioma
  glioblastoma gbm lgg hgg schwannoma melanoma lymphoma leukemia adenocarcinoma pneumonia covid tuberculosis tb stroke
  fracture fractures aneurysm embolism edema effusion emphysema fibrosis hemorrhage haemorrhage ischemia dementia
  alzheimer alzheimers epilepsy normal healthy control controls pathology findings finding no
  t1 t2 flair dwi adc epi swi tof fmri dti dce perfusion diffusion contrast enhanced native plain weighted tw fdg
  arterial venous delayed phase phases recon reconstruction kernel sharp soft thin thick slab mip mpr sequence sequences
  localizer localiser scout topogram mosaic derived original secondary capture screenshot segmentation seg segmented
  mask masks label labels labeled labelled annotation annotations rt rtstruct rtdose roi
  phantom phantoms headphantom nema acr qa qc calibration synthetic simulated generated toy fake dummy
  data dataset datasets set sets collection collections archive archives database db repository study studies series
  image images imaging imagery scan scans slice slices volume volumes stack stacks frame frames file files folder
  folders dropped input inputs output outputs export exports exported import imports imported backup copy copies
  new old final raw clean cleaned processed preprocessed original originals anonymized anonymised anon deidentified
  deid public private open free challenge competition train training validate validation val valid test testing
  tests holdout hold out internal external retrospective prospective cohort group groups batch part parts subset
  subsets full half small large big tiny mini sample samples example examples demo tutorial course class teaching
  lecture exam exercise research project projects trial pilot experiment experiments run runs
  hospital clinic clinics university medical medicine center centre institute institution department radiology radiologie
  nuclear oncology cardiology neurology emergency icu ward site sites vendor scanner scanners archive pacs ris cd dvd
  usb disk disc drive device machine server local remote desktop downloads download documents pictures temp tmp misc
  other others mixed multi single various unknown untitled unnamed unsorted sorted random selected selection
  first second third last one two three four five six seven eight nine ten the of and or for from with without non
  my our in on at to by as vs version ver rev a an is all some each per day days week weeks month months year years
  patient patients subject subjects case cases adult adults child children pediatric paediatric male female men women
  north south east west city country national world european european us usa uk eu
  siemens philips ge toshiba canon hitachi samsung fujifilm fuji kodak agfa carestream hologic uih
  tcia tcga cptac lidc idri qin nsclc acrin nlst cbis ddsm inbreast mednist medmnist mnist imagenet brats isles lits kits
  msd amos totalseg totalsegmentator nih ucsf upenn upmc mimic chexpert padchest vindr rsna siim luna deeplesion ixi adni
  oasis ukbb fastmri mrnet mura camelyon spie aapm picai promise structseg segthor chaos ircad sliver verse ctorg
  stare drive flare autopet hecktor remind cfb radiomics radiogenomics ispy lihc kirc kirp kich luad lusc brca prad blca
  ucec cesc coad read ov esca stad thca sarc skcm acc pcpg pda ccrcc hnscc lscc sts hn cps hcc tace opc rider htan
  nbia dro ivygap vs
  practice harbour valley hill lake garden tower bridge mill meadow station square rose county trauma sports coast general
`);

/** Common given names and family names of several languages. */
export const NAMES = set(`
  anna anne andrea antonio carlos carmen charles christian christine claudia daniel david diana elena elizabeth emily
  emma eric eva felix francesco frank fritz george giovanni hans heinz helen ivan jack jakob james jan jane janet jean
  jennifer jens jessica joe john jonas jose joseph juan julia jürgen karen karl katharina kevin klaus laura leon linda lisa louis
  luca lucas luis maria marie mario mark marta martin mary max michael miguel mike mohamed mohammed muhammad nicole nina
  oliver olga pablo patricia paul pavel pedro peter petra philip pierre rachel ralf richard robert rosa ruth sandra sara
  sarah sergei simon sofia sophie stefan stephen susan sven thomas tim tom ursula uwe victor walter werner william wolfgang
  adams ali anderson bauer becker bernard brown chen davis doe dubois dupont evans fischer garcia gonzalez hall harris
  hernandez hoffmann hoffman huang hughes ivanov jackson johnson jones khan kim klein koch kowalski kumar lee lewis li lopez
  martinez meier meyer miller moore mueller mustermann müller nguyen nowak park patel perez petrov richter roberts
  robinson rodriguez rossi russo schmidt schneider schröder schulz silva singh smith smirnov suzuki tanaka taylor thompson
  wagner wang weber white williams wilson wolf wright yamamoto yang zhang zhao
`);
