/** Typed calls between a page and a worker: results, events beside a call, abort, error codes, crashes. */
import { type ErrorRecord, fromErrorRecord, LabError, toErrorRecord } from './errors.ts';

/** The common interface of Worker, worker scope and MessagePort. */
export type Endpoint = {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: unknown) => void): void;
  removeEventListener(type: string, listener: (event: unknown) => void): void;
  /** MessagePorts deliver no messages before this call. */
  start?(): void;
};

/** The context of a served method, after its arguments. */
export type CallContext<Event> = {
  signal: AbortSignal;
  emit: (event: Event, transfer?: ArrayBuffer[]) => void;
};

export type CallOptions<Event> = { signal?: AbortSignal; onEvent?: (event: Event) => void };

/** A service from the caller's side: the context becomes optional options. */
export type Remote<Service> = {
  [K in keyof Service]: Service[K] extends (...parameters: infer P) => Promise<infer Result>
    ? P extends []
      ? () => Promise<Result>
      : P extends [infer Args]
        ? (args: Args) => Promise<Result>
        : P extends [infer Args, CallContext<infer Event>]
          ? (args: Args, options?: CallOptions<Event>) => Promise<Result>
          : never
    : never;
};

export type Connection<Service> = {
  call: Remote<Service>;
  /** Ends the connection: every pending and later call rejects with 'worker-crashed'. */
  close(): void;
};

type Request = { id: number; method: string; args: unknown } | { id: number; abort: true };
type Reply =
  | { id: number; result: unknown }
  | { id: number; error: ErrorRecord }
  | { id: number; event: unknown };
type Served = Record<string, (args: unknown, context: CallContext<unknown>) => Promise<unknown>>;

const transfers = new WeakMap<object, ArrayBuffer[]>();

/** Marks buffers inside `value` to be moved, not copied, when it crosses as arguments or as a result. */
export function move<T extends object>(value: T, buffers: ArrayBuffer[]): T {
  transfers.set(value, buffers);
  return value;
}

/** Answers calls that arrive at the endpoint with the methods of `service`. */
export function serve<Service extends object>(endpoint: Endpoint, service: Service): void {
  const methods = service as unknown as Served;
  const running = new Map<number, AbortController>();

  const answer = async ({ id, method, args }: Extract<Request, { method: string }>) => {
    const controller = new AbortController();
    running.set(id, controller);
    const emit = (event: unknown, transfer: ArrayBuffer[] = []) => {
      if (running.has(id)) endpoint.postMessage({ id, event } satisfies Reply, transfer);
    };
    try {
      if (!Object.hasOwn(methods, method)) throw new Error(`There is no method ${method}.`);
      const result = await methods[method](args, { signal: controller.signal, emit });
      endpoint.postMessage({ id, result } satisfies Reply, moved(result));
    } catch (error) {
      endpoint.postMessage({ id, error: toErrorRecord(error) } satisfies Reply, []);
    } finally {
      running.delete(id);
    }
  };

  endpoint.addEventListener('message', (event) => {
    const { data } = event as { data: Request };
    if ('abort' in data) running.get(data.id)?.abort();
    else void answer(data);
  });
  endpoint.start?.();
}

/** Calls the service at the other side of the endpoint. */
export function connect<Service extends object>(endpoint: Endpoint): Connection<Service> {
  type Pending = { resolve(value: unknown): void; reject(error: Error): void; onEvent(event: unknown): void };
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed = false;

  const invoke = (method: string, args: unknown, { signal, onEvent }: CallOptions<unknown> = {}) =>
    new Promise<unknown>((resolve, reject) => {
      if (closed) return reject(crashed());
      signal?.throwIfAborted();
      const id = nextId++;
      const abort = () => endpoint.postMessage({ id, abort: true } satisfies Request, []);
      const settled = () => {
        pending.delete(id);
        signal?.removeEventListener('abort', abort);
      };
      const settle =
        <T>(finish: (value: T) => void) =>
        (value: T) => {
          settled();
          finish(value);
        };
      pending.set(id, {
        resolve: settle(resolve),
        reject: settle(reject),
        onEvent: (event) => onEvent?.(event),
      });
      signal?.addEventListener('abort', abort, { once: true });
      try {
        endpoint.postMessage({ id, method, args } satisfies Request, moved(args));
      } catch (error) {
        settled();
        reject(error);
      }
    });

  const receive = (event: unknown) => {
    const { data } = event as { data: Reply };
    const call = pending.get(data.id);
    if ('event' in data) call?.onEvent(data.event);
    else if ('error' in data) call?.reject(fromErrorRecord(data.error));
    else call?.resolve(data.result);
  };

  /** A script that fails to load, or an uncaught error: pending calls may never end. */
  const fail = (event: unknown) => {
    // Handled here, otherwise a nested worker would crash its host too.
    (event as { preventDefault?(): void }).preventDefault?.();
    close();
  };

  const close = () => {
    closed = true;
    endpoint.removeEventListener('message', receive);
    endpoint.removeEventListener('error', fail);
    endpoint.removeEventListener('messageerror', fail);
    for (const call of pending.values()) call.reject(crashed());
  };

  endpoint.addEventListener('message', receive);
  endpoint.addEventListener('error', fail);
  endpoint.addEventListener('messageerror', fail);
  endpoint.start?.();

  const call = new Proxy({} as Remote<Service>, {
    // A proxy with a `then` would be treated as a promise.
    get: (_, method) =>
      typeof method === 'string' && method !== 'then'
        ? (args: unknown, options?: CallOptions<unknown>) => invoke(method, args, options)
        : undefined,
  });
  return { call, close };
}

function moved(value: unknown): ArrayBuffer[] {
  return typeof value === 'object' && value !== null ? (transfers.get(value) ?? []) : [];
}

function crashed(): LabError {
  return new LabError(
    'worker-crashed',
    'The background worker stopped.',
    'Everything stored before this is kept.',
    'Try again; if it happens again, reload the page.',
  );
}
