//! Drives tokio-tungstenite through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for.

use std::env;

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::{connect_async, tungstenite::Result};

const AGENT: &str = "tungstenite";

async fn case_count(server: &str) -> Result<u32> {
    let (mut socket, _) = connect_async(format!("{server}/getCaseCount")).await?;
    let count = socket.next().await.expect("the number of cases")?;
    socket.close(None).await?;
    Ok(count.to_text()?.parse().expect("a number"))
}

async fn run_case(url: &str) -> Result<()> {
    let (mut socket, _) = connect_async(url).await?;
    while let Some(message) = socket.next().await {
        let message = message?;
        if message.is_text() || message.is_binary() {
            socket.send(message).await?;
        }
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let server = env::args().nth(1).unwrap_or("ws://127.0.0.1:9001".into());
    let server = server.trim_end_matches('/');
    for case in 1..=case_count(server).await? {
        if let Err(problem) = run_case(&format!("{server}/runCase?case={case}&agent={AGENT}")).await {
            eprintln!("case {case}: {problem}");
        }
    }
    let (mut socket, _) = connect_async(format!("{server}/updateReports?agent={AGENT}")).await?;
    while let Some(Ok(_)) = socket.next().await {}
    Ok(())
}
