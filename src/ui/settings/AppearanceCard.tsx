/** Dark or light. */
import { useActions, useLab } from '../context.ts';
import { Segmented } from '../parts/Segmented.tsx';
import { Card } from './Card.tsx';

export function AppearanceCard() {
  const theme = useLab((state) => state.theme);
  const actions = useActions();
  return (
    <Card title="Appearance">
      <Segmented
        label="Theme"
        testId="theme"
        value={theme}
        onChange={actions.setTheme}
        options={[
          { value: 'dark', label: 'Dark' },
          { value: 'light', label: 'Light' },
          { value: 'system', label: 'As the system' },
        ]}
      />
    </Card>
  );
}
