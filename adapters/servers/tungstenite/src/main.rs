//! An echo server with tungstenite. Argument: the port, or none for a free one.

use std::net::{TcpListener, TcpStream};
use std::{env, io, thread};

use tungstenite::protocol::WebSocketConfig;

/// The library's own limits are 64 MiB for a message and 16 MiB for a frame.
const LARGEST_MESSAGE: usize = 64 << 20;

/// Sends every message back until the connection ends. The library answers pings and closes.
fn echo(stream: TcpStream) -> tungstenite::Result<()> {
    let config = WebSocketConfig::default()
        .max_message_size(Some(LARGEST_MESSAGE))
        .max_frame_size(Some(LARGEST_MESSAGE));
    let Ok(mut socket) = tungstenite::accept_with_config(stream, Some(config)) else {
        return Ok(()); // no WebSocket client
    };
    loop {
        let message = socket.read()?;
        if message.is_text() || message.is_binary() {
            socket.send(message)?;
        }
    }
}

fn main() -> io::Result<()> {
    let port = env::args().nth(1).unwrap_or("0".into());
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    println!("ws://{}/", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        stream.set_nodelay(true)?;
        thread::spawn(|| echo(stream));
    }
    Ok(())
}
