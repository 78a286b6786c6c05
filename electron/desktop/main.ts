// Where Electron begins: puts the real parts together.
import { openApp } from '../core/app.ts';
import { systemPorts } from '../core/ports.ts';
import { systemKeeper } from './keeper.ts';
import { windowPrinter } from './printer.ts';
import { runProgram } from './program.ts';

const ports = { ...systemPorts(), printer: windowPrinter() };
// Whether the system keeps secrets can be asked only once Electron is ready, as it is when an application is opened.
runProgram({ ports, openApp: (options) => openApp({ ports: { ...ports, keeper: systemKeeper() }, ...options }) });
