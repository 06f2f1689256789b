//! wstck's agent for the Rust library tokio-tungstenite: JSON lines in, JSON lines out (docs/adapters.md).

mod client;

use std::{collections::HashMap, env, fmt::Display, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use client::{Client, Options};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt, BufReader, stdin, stdout},
    net::TcpStream,
    sync::{Mutex, mpsc},
};

const CAPABILITIES: [&str; 5] = ["headers", "subprotocols", "limits", "ping", "tls"];

pub enum Failure {
    Unsupported(String),
    Error(String),
}

impl Failure {
    pub fn because(problem: impl Display) -> Failure {
        Failure::Error(problem.to_string())
    }
}

impl From<tokio_tungstenite::tungstenite::Error> for Failure {
    fn from(problem: tokio_tungstenite::tungstenite::Error) -> Failure {
        Failure::because(problem)
    }
}

pub type Result<T> = std::result::Result<T, Failure>;

#[derive(Deserialize)]
struct Request {
    id: Value,
    op: String,
    #[serde(flatten)]
    fields: Value,
}

#[derive(Deserialize)]
struct Connect {
    session: String,
    url: String,
    options: Option<Options>,
}

#[derive(Deserialize)]
struct Call {
    client: String,
    #[serde(rename = "type")]
    kind: Option<u8>,
    #[serde(default)]
    data: String,
    wait: Option<u64>,
    code: Option<u16>,
    #[serde(default)]
    reason: String,
}

#[derive(Default)]
struct State {
    tls: Option<Arc<rustls::ClientConfig>>,
    sessions: HashMap<String, Vec<String>>,
    clients: HashMap<String, Arc<Client>>,
    opened: u64,
}

#[derive(Default)]
struct Agent(Mutex<State>);

impl Agent {
    async fn answer(&self, line: &str) -> String {
        let Request { id, op, fields } = match serde_json::from_str(line) {
            Ok(request) => request,
            Err(problem) => return json!({ "id": null, "trouble": problem.to_string() }).to_string(),
        };
        let reply = match self.perform(&op, fields).await {
            Ok(result) => json!({ "id": id, "results": [result] }),
            Err(Failure::Unsupported(what)) => json!({ "id": id, "unsupported": what }),
            Err(Failure::Error(message)) => {
                let error = json!({ "kind": "INTERNAL", "message": message, "retryable": op == "connect" });
                json!({ "id": id, "results": [null, { "error": error }] })
            }
        };
        reply.to_string()
    }

    async fn perform(&self, op: &str, fields: Value) -> Result<Value> {
        match op {
            "hello" => self.hello(fields["trust"].as_str()).await,
            "noop" => Ok(json!(true)),
            "connect" => {
                self.connect(serde_json::from_value(fields).map_err(Failure::because)?)
                    .await
            }
            "end" => self.end(fields["session"].as_str().unwrap_or_default()).await,
            "send" | "ping" | "receive" | "echo" | "close" => {
                self.call(op, serde_json::from_value(fields).map_err(Failure::because)?)
                    .await
            }
            _ => Err(Failure::Unsupported(format!("operation {op}"))),
        }
    }

    async fn hello(&self, trust: Option<&str>) -> Result<Value> {
        if let Some(file) = trust {
            let mut roots = rustls::RootCertStore::empty();
            for certificate in CertificateDer::pem_file_iter(file).map_err(Failure::because)? {
                roots
                    .add(certificate.map_err(Failure::because)?)
                    .map_err(Failure::because)?;
            }
            let config = rustls::ClientConfig::builder()
                .with_root_certificates(roots)
                .with_no_client_auth();
            self.0.lock().await.tls = Some(Arc::new(config));
        }
        Ok(json!({ "name": "tungstenite", "version": "0.30.0", "language": "Rust", "capabilities": CAPABILITIES }))
    }

    async fn connect(&self, request: Connect) -> Result<Value> {
        let tls = self.0.lock().await.tls.clone();
        let client = Client::connect(&request.url, request.options.unwrap_or_default(), tls).await?;
        let mut state = self.0.lock().await;
        state.opened += 1;
        let name = format!("client-{}", state.opened);
        state.clients.insert(name.clone(), Arc::new(client));
        state.sessions.entry(request.session).or_default().push(name.clone());
        Ok(json!(name))
    }

    async fn call(&self, op: &str, call: Call) -> Result<Value> {
        let found = self.0.lock().await.clients.get(&call.client).cloned();
        let client = found.ok_or_else(|| Failure::because(format!("no client {}", call.client)))?;
        match op {
            "send" => {
                let data = BASE64_STANDARD.decode(call.data).map_err(Failure::because)?;
                client.send(call.kind.unwrap_or(1), data).await?;
            }
            "ping" => client.ping().await?,
            "close" => client.close(call.code, call.reason).await?,
            "echo" => {
                let (messages, bytes) = client.echo().await;
                return Ok(json!({ "messages": messages, "bytes": bytes }));
            }
            _ => {
                return Ok(match client.receive(call.wait).await {
                    None => json!("none"),
                    Some(None) => Value::Null,
                    Some(Some(message)) => json!({
                        "type": if message.is_text() { "text" } else { "binary" },
                        "data": BASE64_STANDARD.encode(message.into_data()),
                    }),
                });
            }
        }
        Ok(json!(true))
    }

    async fn end(&self, session: &str) -> Result<Value> {
        let mut state = self.0.lock().await;
        for name in state.sessions.remove(session).unwrap_or_default() {
            if let Some(client) = state.clients.remove(&name) {
                client.let_go();
            }
        }
        Ok(json!(true))
    }
}

/// Answers each line as it comes, several at once.
async fn serve(
    input: impl AsyncBufRead + Unpin,
    mut output: impl AsyncWrite + Unpin + Send + 'static,
) -> std::io::Result<()> {
    let agent = Arc::new(Agent::default());
    let (answers, mut waiting) = mpsc::unbounded_channel::<String>();
    tokio::spawn(async move {
        while let Some(answer) = waiting.recv().await {
            output.write_all(format!("{answer}\n").as_bytes()).await?;
            output.flush().await?;
        }
        std::io::Result::Ok(())
    });
    let mut lines = input.lines();
    while let Some(line) = lines.next_line().await? {
        let (agent, answers) = (agent.clone(), answers.clone());
        tokio::spawn(async move { answers.send(agent.answer(&line).await) });
    }
    Ok(())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    match env::var("WSTCK_CONTROL") {
        Ok(address) => {
            let (read, write) = TcpStream::connect(address).await?.into_split();
            serve(BufReader::new(read), write).await
        }
        Err(_) => serve(BufReader::new(stdin()), stdout()).await,
    }
}
