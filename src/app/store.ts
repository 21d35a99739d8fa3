/** The page's one store: opens the database and a project, and joins all commands into the actions of the ui. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_OPTIONS } from '../core/dataset/options.ts';
import { openStore } from '../storage/db.ts';
import type { Store } from '../storage/port.ts';
import { createClassifyCommands } from './classify.ts';
import { attempt, type Context } from './context.ts';
import { createDatasetCommands } from './datasets.ts';
import { demoFiles } from './demo.ts';
import { createIngestCommands } from './ingest.ts';
import { createInspectCommands } from './inspect.ts';
import { createLabelCommands } from './labels.ts';
import { createNavigation } from './navigate.ts';
import { NO_CLASSIFICATION } from './noClassification.ts';
import { createNotices } from './notices.ts';
import { createOriginals } from './originals.ts';
import { readPreference, writePreference } from './preferences.ts';
import { createProjectCommands } from './projects.ts';
import { createReportCommands } from './report.ts';
import { parseRoute } from './route.ts';
import { type Actions, type State, THEMES } from './state.ts';
import { createTrainCommands } from './train.ts';

export type Lab = { store: StoreApi<State>; actions: Actions };

/** Opens the database and the project last used. Rejects with a LabError where the browser has no storage. */
export async function openLab(): Promise<Lab> {
  const database = await openStore();
  const store = createStore<State>()(() => initialState());
  const lab = { store, actions: createActions(store, database) };
  // Leaving loses what is under way, so that the browser asks; at rest it doesn't.
  window.addEventListener('beforeunload', (event) => {
    const { job, live } = store.getState();
    if (job || live) event.preventDefault();
  });
  return lab;
}

function createActions(store: StoreApi<State>, database: Store): Actions {
  const set: Context['set'] = (patch) => store.setState(patch);
  const notices = createNotices(set);
  const { go, look } = createNavigation({ get: store.getState, set }, window);
  const context: Context = { get: store.getState, set, store: database, notify: notices.notify, go };

  const datasets = createDatasetCommands(context);
  const originals = createOriginals();
  const ingest = createIngestCommands(context, datasets.refresh, originals);
  const train = createTrainCommands(context, datasets.cardsOf);
  const classify = createClassifyCommands(context);
  const read = async () => {
    await Promise.all([datasets.refresh(), train.refresh()]);
  };
  const labels = createLabelCommands(context, read);
  const projects = createProjectCommands(context, async () => {
    await read();
    labels.offer();
  });
  void projects.start().then(train.probe);

  return {
    ...notices,
    ...datasets,
    ...ingest,
    ...train,
    ...classify,
    ...projects,
    labelByTags: labels.labelByTags,
    ...createInspectCommands(context, datasets, originals, classify.classifiedFiles),
    ...createReportCommands(context),
    go,
    look,

    cancelJob: () => {
      ingest.cancelJob();
      classify.cancelClassify();
    },

    setTheme: (theme) => {
      writePreference('theme', theme);
      set({ theme });
    },

    openDemo: async () => {
      await attempt(context, 'The demo project was not opened.', async () => {
        await projects.openNamed('Demo project');
        await ingest.addFiles(await demoFiles());
        if (store.getState().datasets.length > 0) go('train');
      });
    },

    slices: async (query) =>
      query.kind === 'dataset' ? datasets.datasetSlices(query) : train.predictedSlices(query),
  };
}

function initialState(): State {
  return {
    ready: false,
    ...parseRoute(location.hash),
    // Dark is what images are looked at in; the person may say otherwise.
    theme: THEMES.find((theme) => theme === readPreference('theme')) ?? 'dark',
    project: { id: '', name: '', options: DEFAULT_OPTIONS },
    projects: [],
    device: null,
    readOnly: false,
    storedBytes: 0,
    datasets: [],
    drops: [],
    ingest: null,
    job: null,
    runs: [],
    live: null,
    classify: NO_CLASSIFICATION,
    notices: [],
  };
}
