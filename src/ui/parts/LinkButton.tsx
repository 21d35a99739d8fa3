/** A button that leads somewhere and looks like a link: one line, shortened where there is no room. */
import type { ComponentProps } from 'react';
import styles from './LinkButton.module.css';

export function LinkButton(props: Omit<ComponentProps<'button'>, 'className'>) {
  return <button type="button" className={styles.link} {...props} />;
}
