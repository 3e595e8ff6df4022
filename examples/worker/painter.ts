import { effects, looks } from 'atelier-gpu/all';
import { servePainter } from 'atelier-gpu/worker';

servePainter([...looks, ...effects]);
