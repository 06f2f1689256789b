//! A connection that is read from as soon as it is open, into a channel of bounded capacity.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use serde::Deserialize;
use tokio::{
    net::TcpStream,
    sync::{Mutex, mpsc},
    task::AbortHandle,
    time::timeout,
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{
        ClientRequestBuilder, Error, Message,
        protocol::{CloseFrame, WebSocketConfig},
    },
};

use crate::{Failure, Result};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
/// There is none when the connection has ended.
type Sink = Arc<Mutex<Option<SplitSink<Socket, Message>>>>;

/// What the documentation allows; the library's own defaults are 64 MiB a message and 16 MiB a frame.
const LARGEST_MESSAGE: usize = 128 << 20;

/// The documented options that the library has, and those that it has not.
#[derive(Deserialize, Default)]
pub struct Options {
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    protocols: Vec<String>,
    read_limit: Option<usize>,
    channel_capacity: Option<usize>,
    compression: Option<u8>,
    dial_timeout: Option<serde_json::Value>,
    read_timeout: Option<serde_json::Value>,
    write_timeout: Option<serde_json::Value>,
}

impl Options {
    fn refuse_what_the_library_lacks(&self) -> Result<()> {
        let lacking = [
            ("compression", self.compression.is_some_and(|mode| mode != 0)),
            ("dial_timeout", self.dial_timeout.is_some()),
            ("read_timeout", self.read_timeout.is_some()),
            ("write_timeout", self.write_timeout.is_some()),
        ];
        match lacking.iter().find(|(_, asked)| *asked) {
            Some((option, _)) => Err(Failure::Unsupported(format!("{option}: the library has none"))),
            None => Ok(()),
        }
    }
}

pub struct Client {
    sink: Sink,
    messages: Mutex<mpsc::Receiver<Message>>,
    reading: AbortHandle,
}

impl Client {
    pub async fn connect(url: &str, options: Options, tls: Option<Arc<rustls::ClientConfig>>) -> Result<Client> {
        options.refuse_what_the_library_lacks()?;
        let mut request = ClientRequestBuilder::new(url.parse().map_err(Failure::because)?);
        for (name, value) in options.headers {
            request = request.with_header(name, value);
        }
        for protocol in options.protocols {
            request = request.with_sub_protocol(protocol);
        }
        let limit = Some(options.read_limit.unwrap_or(LARGEST_MESSAGE));
        let config = WebSocketConfig::default().max_message_size(limit).max_frame_size(limit);
        let connector = tls.map(Connector::Rustls);
        let (socket, _) = connect_async_tls_with_config(request, Some(config), true, connector).await?;
        let (sink, stream) = socket.split();
        let (sender, messages) = mpsc::channel(options.channel_capacity.unwrap_or(64).max(1));
        let sink = Arc::new(Mutex::new(Some(sink)));
        let reading = tokio::spawn(read(stream, sender, sink.clone())).abort_handle();
        Ok(Client {
            sink,
            messages: Mutex::new(messages),
            reading,
        })
    }

    pub async fn send(&self, kind: u8, data: Vec<u8>) -> Result<()> {
        let message = match kind {
            1 => Message::text(String::from_utf8(data).map_err(Failure::because)?),
            2 => Message::binary(data),
            _ => return Err(Failure::because(format!("expected a message type, got {kind}"))),
        };
        self.put(message).await
    }

    pub async fn ping(&self) -> Result<()> {
        self.put(Message::Ping("".into())).await
    }

    pub async fn close(&self, code: Option<u16>, reason: String) -> Result<()> {
        let frame = code.map(|code| CloseFrame {
            code: code.into(),
            reason: reason.into(),
        });
        self.put(Message::Close(frame)).await
    }

    async fn put(&self, message: Message) -> Result<()> {
        match self.sink.lock().await.as_mut() {
            Some(sink) => Ok(sink.send(message).await?),
            None => Err(Error::AlreadyClosed.into()),
        }
    }

    /// The next message within so many milliseconds, or whenever it comes; `Some(None)` when the connection has ended.
    pub async fn receive(&self, wait: Option<u64>) -> Option<Option<Message>> {
        let mut messages = self.messages.lock().await;
        match wait {
            None => Some(messages.recv().await),
            Some(wait) => timeout(Duration::from_millis(wait), messages.recv()).await.ok(),
        }
    }

    /// Ends the connection without a closing handshake; who waits for a message learns that there is none.
    pub fn let_go(&self) {
        self.reading.abort();
    }

    pub async fn echo(&self) -> (u64, u64) {
        let (mut count, mut bytes) = (0, 0);
        let mut messages = self.messages.lock().await;
        while let Some(message) = messages.recv().await {
            count += 1;
            bytes += message.len() as u64;
            if self.put(message).await.is_err() {
                break;
            }
        }
        (count, bytes)
    }
}

/// Hands on all messages; then lets go of the socket, of which the sink is the other half.
async fn read(mut stream: SplitStream<Socket>, messages: mpsc::Sender<Message>, sink: Sink) {
    while let Some(Ok(message)) = stream.next().await {
        if (message.is_text() || message.is_binary()) && messages.send(message).await.is_err() {
            break;
        }
    }
    sink.lock().await.take();
}
