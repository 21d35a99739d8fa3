/** Before all end-to-end tests: files that most of them read. */
import { writeSmallPractice } from '../builders/practice.ts';

export default async function setup(): Promise<void> {
  await writeSmallPractice();
}
