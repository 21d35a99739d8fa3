/** The lab: the page's state and its actions. Opens the database and a project, and joins all commands. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_RULE } from '../core/classify/assess.ts';
import { DEFAULT_OPTIONS } from '../core/dataset/options.ts';
import { toErrorRecord } from '../core/errors.ts';
import { DEFAULT_SET } from '../core/labels/sets/index.ts';
import { openStore } from '../storage/db.ts';
import { databaseGone } from '../storage/failure.ts';
import type { Store } from '../storage/port.ts';
import type { Actions } from './actions.ts';
import { createAuditCommands } from './audit.ts';
import { createBaselineCommands } from './baselines.ts';
import { createBreakdownCommands } from './breakdown.ts';
import { BUILT_STARTER } from './build.ts';
import { createCapCommands } from './caps.ts';
import { createClassifyCommands } from './classify.ts';
import type { Context } from './context.ts';
import { createCorrectionCommands } from './corrections.ts';
import { createSliceCorrections } from './correctSlices.ts';
import { createDatasetFactCommands } from './datasetFacts.ts';
import { createDatasetCommands } from './datasets.ts';
import { createEditCommands } from './edits.ts';
import { createExchangeCommands } from './exchange.ts';
import { createExplainCommands } from './explain.ts';
import { createFindRateCommands } from './findRate.ts';
import { createGuardCommands } from './guard.ts';
import { createHandover } from './handover.ts';
import { createIngestCommands } from './ingest.ts';
import { createInspectCommands } from './inspect.ts';
import { createInterruptedCommands } from './interrupted.ts';
import { createLabellingCommands } from './labelling.ts';
import { createLabelSetCommands } from './labelSets.ts';
import { createLabelCommands } from './labels.ts';
import { createLabelTrialCommands } from './labelTrial.ts';
import { createLookCommands } from './looks.ts';
import { createMirror } from './mirror.ts';
import { createNavigation } from './navigate.ts';
import { NO_CLASSIFICATION } from './noClassification.ts';
import { createNotices } from './notices.ts';
import { createOfflineCommands, NO_COPY, pageHost, removeCopy, restart } from './offline.ts';
import { createOriginals } from './originals.ts';
import { createOtherModelsCommands } from './otherModels.ts';
import { createPracticeCommands } from './practice.ts';
import { readPreference, removePreference, writePreference } from './preferences.ts';
import { createProjectCommands } from './projects.ts';
import { createAsking } from './question.ts';
import { createQueueCommands } from './queue.ts';
import { createReliabilityCommands } from './reliability.ts';
import { createRepeatCommands } from './repeat.ts';
import { createReportCommands, saveFile } from './report.ts';
import { parseRoute } from './route.ts';
import { createStarter } from './starter.ts';
import { starterFacts } from './starterFacts.ts';
import { type State, THEMES } from './state.ts';
import { createTabs } from './tabs.ts';
import { createTrainCommands } from './train.ts';
import { createUnderWay } from './underway.ts';
import { createVerdictRuleCommands } from './verdictRule.ts';
import { createVerdictCommands } from './verdicts.ts';
import { endWorkers, practiceWorkers, trainWorker } from './workers.ts';
import { isAtWork } from './working.ts';

export type Lab = { state: StoreApi<State>; actions: Actions };

/** Opens the database and the project last used. Rejects with a LabError if the browser has no storage. */
export async function openLab(): Promise<Lab> {
  const state = createStore<State>()(() => initialState());
  const store = await openStore({
    onGone: (error) => {
      endWorkers();
      state.setState({ failure: toErrorRecord(error) });
    },
  });
  // No writes before a project is open for writing in this tab.
  store.setFence(null);
  const lab = { state, actions: createActions(state, store) };
  // Leaving loses running work, so the browser asks; when idle it doesn't.
  window.addEventListener('beforeunload', (event) => {
    if (isAtWork(state.getState())) event.preventDefault();
  });
  return lab;
}

function createActions(state: StoreApi<State>, store: Store): Actions {
  const set: Context['set'] = (patch) => state.setState(patch);
  const notices = createNotices(set);
  const { go, look } = createNavigation({ get: state.getState, set }, window);
  const { ask, answer } = createAsking(set);
  const context: Context = { get: state.getState, set, store, notify: notices.notify, go, ask };

  const datasets = createDatasetCommands(context);
  const edits = createEditCommands(context, datasets.refresh, () => train.refresh());
  const caps = createCapCommands(context, { refresh: datasets.refresh, made: edits.made });
  state.subscribe(({ project }, before) => {
    if (project.id === before.project.id) return;
    edits.forget();
    set({ audit: null, guard: null, finding: null });
    notices.leave();
    set({ folderNames: [], disagreements: null });
  });
  const originals = createOriginals();
  const ingest = createIngestCommands(context, datasets.refresh, originals);
  const starter = createStarter();
  const train = createTrainCommands(context, datasets.cardsOf, undefined, starter);
  const classify = createClassifyCommands(context, undefined, starter);
  const audit = createAuditCommands(context, datasets.refresh);
  const guard = createGuardCommands(context, { datasets, edits });
  state.subscribe((now, before) => {
    if (now.datasets !== before.datasets) void guard.sync();
  });
  const baselines = createBaselineCommands(context, train.refresh);
  const finder = createFindRateCommands(context, starter);
  const looks = createLookCommands(context);
  const read = async () => {
    await Promise.all([datasets.refresh(), train.refresh(), looks.refresh()]);
  };
  const { advance, opened, ...queue } = createQueueCommands(context, train);
  // A worker that trains can't be asked for its device: a queue begins once that is known.
  let probed = false;
  state.subscribe(() => {
    if (probed) void advance();
  });
  const labels = createLabelCommands(context, read);
  const labelling = createLabellingCommands(context, datasets);
  state.subscribe((now, before) => {
    if (now.datasets !== before.datasets) labelling.sync();
  });
  const exchange = createExchangeCommands(context, {
    store,
    reader: () => state.getState().reader,
    originals,
    refresh: datasets.refresh,
    save: saveFile,
  });
  state.subscribe((now, before) => {
    if (now.labelling !== before.labelling && !now.labelling?.unsaved) void exchange.recountDisagreements();
  });
  const interrupted = createInterruptedCommands(context, datasets.refresh);
  const tabs = createTabs();
  const underWay = createUnderWay(context, { train, ingest, classify, audit, guard, baselines, finder });
  const mirror = createMirror(context, tabs, read);
  const handover = createHandover(context, { tabs, underWay, watch: mirror.watch });
  state.subscribe((now, before) => mirror.changed(now.live, before.live));
  tabs.listen((message) => {
    if (message.kind !== 'deleted' || message.project !== null) return;
    endWorkers();
    set({ failure: toErrorRecord(databaseGone()) });
  });
  const projects = createProjectCommands(context, {
    read: async () => {
      await read();
      await interrupted.settleDrop();
      labels.offer();
      opened();
    },
    handover,
    underWay,
    tabs,
    removeCopy,
    restart,
  });
  const { keep, sync, ...offline } = createOfflineCommands(context, pageHost());
  state.subscribe(sync);
  void projects
    .start()
    .then(train.probe)
    .then(() => {
      probed = true;
      return advance();
    })
    .finally(keep);

  return {
    dismiss: notices.dismiss,
    ...datasets,
    ...edits,
    ...caps,
    ...createDatasetFactCommands(context, edits.change),
    ...ingest,
    ...train,
    ...queue,
    ...classify,
    ...audit,
    ...guard,
    ...baselines,
    findRate: finder.findRate,
    closeFinding: finder.closeFinding,
    ...projects,
    ...offline,
    ...createPracticeCommands(context, {
      openNamed: projects.openNamed,
      addBatches: ingest.addBatches,
      workers: practiceWorkers,
      save: saveFile,
    }),
    labelByTags: labels.labelByTags,
    ...createLabelSetCommands(context, datasets.refresh),
    ...exchange,
    ...createLabelTrialCommands(context),
    ...labelling,
    ...createInspectCommands(context, datasets, originals, classify.classifiedFiles),
    ...createExplainCommands(context),
    ...createVerdictCommands(context, {
      addBatches: ingest.addBatches,
      files: classify.classifiedFiles,
      refresh: read,
    }),
    ...createVerdictRuleCommands(context),
    ...createOtherModelsCommands(context),
    ...createCorrectionCommands(context, train),
    ...createSliceCorrections(context, datasets.refresh),
    ...createReliabilityCommands(context),
    ...createRepeatCommands(context, {
      startRun: train.startRun,
      refresh: datasets.refresh,
      contents: (labelSet, fold, share) =>
        trainWorker.call.contents({ project: state.getState().project.id, labelSet, fold, share }),
    }),
    lookAtTest: looks.lookAtTest,
    ...createBreakdownCommands(context),
    ...createReportCommands(context, saveFile, looks.lookAtTest),
    go,
    look,
    answer,

    cancelJob: () => {
      ingest.cancelJob();
      classify.cancelClassify();
    },

    setTheme: (theme) => {
      writePreference('theme', theme);
      set({ theme });
    },

    setReader: (reader) => {
      if (reader) writePreference('reader', reader);
      else removePreference('reader');
      set({ reader });
    },

    slices: async (query) =>
      query.kind === 'dataset' ? datasets.datasetSlices(query) : train.predictedSlices(query),
  };
}

function initialState(): State {
  return {
    ready: false,
    ...parseRoute(location.hash),
    // Images are viewed in the dark theme by default; the user may change it.
    theme: THEMES.find((theme) => theme === readPreference('theme')) ?? 'dark',
    reader: readPreference('reader') ?? '',
    project: { id: '', name: '', options: DEFAULT_OPTIONS },
    practice: [],
    projects: [],
    device: null,
    readOnly: false,
    takingOver: false,
    yielding: false,
    question: null,
    failure: null,
    storedBytes: 0,
    datasets: [],
    caps: null,
    labelSets: [DEFAULT_SET],
    labelSet: DEFAULT_SET,
    labelling: null,
    drops: [],
    folderNames: [],
    history: { undo: null, redo: null },
    ingest: null,
    job: null,
    runs: [],
    testLooks: [],
    otherModels: [],
    starter: starterFacts(BUILT_STARTER),
    offline: NO_COPY,
    live: null,
    queueGoes: false,
    classify: NO_CLASSIFICATION,
    verdictRule: DEFAULT_RULE,
    audit: null,
    guard: null,
    baselines: null,
    finding: null,
    disagreements: null,
    notices: [],
  };
}
