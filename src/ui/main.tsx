/** Starts the app on the page, or reports that the browser refuses storage. */
import './theme/tokens.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { openLab } from '../app/lab.ts';
import { replaceBroken } from '../app/offline.ts';
import { toErrorRecord } from '../core/errors.ts';
import { App } from './App.tsx';
import { LabContext } from './context.ts';
import { StartFailure } from './shell/StartFailure.tsx';

const root = createRoot(document.getElementById('root')!);
openLab().then(
  (lab) =>
    root.render(
      <LabContext value={lab}>
        <App />
      </LabContext>,
    ),
  (error: unknown) => {
    root.render(<StartFailure error={toErrorRecord(error)} />);
    void replaceBroken();
  },
);
