/** Reports of runs: as a page, and as numbers. */
export { studyRecord } from './figuresRecord.ts';
export { studyPage } from './page.ts';
