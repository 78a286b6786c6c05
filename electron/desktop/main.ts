// Where Electron begins: puts the real parts together.
import { openApp } from '../core/app.ts';
import { systemPorts } from '../core/ports.ts';
import { runProgram } from './program.ts';

const ports = systemPorts();
runProgram({ ports, openApp: (options) => openApp({ ports, ...options }) });
