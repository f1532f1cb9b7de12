// Listens, and then works without an end.
import { createServer } from 'node:net';

const server = createServer();
server.listen(process.argv[2], () => {
  const spin = () => setImmediate(spin);
  spin();
});
