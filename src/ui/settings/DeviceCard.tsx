/** The compute device, and why it was chosen. */

import { useLab } from '../context.ts';
import { DEVICE_LABELS } from '../device.ts';
import { Card } from './Card.tsx';

export function DeviceCard() {
  const device = useLab((state) => state.device);
  return (
    <Card title="Device">
      {device ? (
        <>
          <dl data-testid="device-facts">
            <dt>Computes on</dt>
            <dd>
              <strong>{DEVICE_LABELS[device.name]}</strong>
            </dd>
            {device.adapter && (
              <>
                <dt>GPU</dt>
                <dd>{device.adapter}</dd>
              </>
            )}
            <dt>Threads</dt>
            <dd>{device.threads}</dd>
            <dt>Several cores</dt>
            <dd>{crossOriginIsolated ? 'in use' : 'not in use: the page came without the headers for it'}</dd>
          </dl>
          <p>{device.reason}</p>
          <p>Another device can be chosen for each run, under Advanced on the Train page.</p>
        </>
      ) : (
        <p role="status">Looking for a device …</p>
      )}
    </Card>
  );
}
