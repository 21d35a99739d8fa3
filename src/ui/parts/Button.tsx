/** The app's buttons. `accent` is for the main action of a page. */
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

type Props = ComponentProps<'button'> & {
  tone?: 'plain' | 'accent' | 'quiet' | 'danger';
  size?: 'normal' | 'small' | 'large';
};

export function Button({ tone = 'plain', size = 'normal', className, ...rest }: Props) {
  const classes = [styles.button, styles[tone], styles[size], className].filter(Boolean).join(' ');
  return <button type="button" className={classes} {...rest} />;
}
