// Tells zod not to try building code from text: the page's content policy forbids it, and trying would be reported.
// Imported before everything else, because schemas decide this when they are made.
import { z } from 'zod';

z.config({ jitless: true });
