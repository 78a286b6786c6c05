// What goes between the page and the main process: four questions, one stream of events. Both ends read it here.
export const CHANNELS = {
  call: 'hyoka:call',
  chooseFiles: 'hyoka:choose-files',
  reveal: 'hyoka:reveal',
  print: 'hyoka:print',
  event: 'hyoka:event',
} as const;
