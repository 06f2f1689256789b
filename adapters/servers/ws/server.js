// An echo server with the library ws. Argument: the port, or none for a free one.
'use strict';

const { WebSocketServer } = require('ws');

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.argv[2] ?? 0),
  perMessageDeflate: true, // off by default
  maxPayload: 64 * 1024 * 1024,
  maxFragments: 128 * 1024, // 16,384 by default
});

server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on('error', () => {}); // without a listener an invalid frame ends the process
});
server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}/`));
