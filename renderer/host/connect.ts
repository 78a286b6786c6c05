// Finds the wire to the privileged side: the desktop's bridge where there is one, else the loopback server.
import { CANCEL, type Host } from '../../shared/contract/host.ts';
import type { Bridge } from './bridge.ts';
import { loopbackWire } from './loopback.ts';
import { makeHost } from './wire.ts';

export function connectHost(): Host {
  const bridge = window.hyoka;
  return makeHost(bridge ? { ...functionsOf(bridge), cancel: (id) => cancelBy(bridge, id) } : loopbackWire());
}

// The bridge's functions are copied one by one: an object from the preload script is frozen and has no prototype.
const functionsOf = ({ call, on, chooseFiles, reveal, print }: Bridge): Bridge => ({
  call,
  on,
  chooseFiles,
  reveal,
  print,
});

async function cancelBy(bridge: Bridge, id: string): Promise<void> {
  await bridge.call(CANCEL, { id }, `${id}-cancel`);
}
