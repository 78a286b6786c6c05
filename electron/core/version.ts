// The program's version, as people are told it.
export const VERSION = '0.1.0';
