//! Sleeps, parking, channels, conditions and sockets of std: what Rust does with time. One JSON line says what it saw.
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{mpsc, Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn timed(saw: &mut Vec<String>, name: &str, call: impl FnOnce()) {
    let before = Instant::now();
    call();
    saw.push(format!("\"{name}\":{}", before.elapsed().as_secs_f64() * 1000.0));
}

fn main() {
    let start_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let begun = Instant::now();
    let minute = Duration::from_secs(60);
    let mut saw = Vec::new();
    let order = Arc::new(Mutex::new(Vec::new()));
    let threads: Vec<_> = [300u64, 100, 200]
        .into_iter()
        .map(|seconds| {
            let order = order.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_secs(seconds));
                order.lock().unwrap().push(seconds);
            })
        })
        .collect();
    timed(&mut saw, "threads", || threads.into_iter().for_each(|one| one.join().unwrap()));
    timed(&mut saw, "park", || thread::park_timeout(minute));
    let (sender, receiver) = mpsc::channel::<u8>();
    timed(&mut saw, "channel", || assert!(receiver.recv_timeout(minute).is_err()));
    let later = thread::spawn(move || {
        thread::sleep(minute);
        sender.send(1).unwrap();
    });
    timed(&mut saw, "message", || assert_eq!(receiver.recv_timeout(minute * 60).unwrap(), 1));
    later.join().unwrap();
    let pair = (Mutex::new(()), Condvar::new());
    timed(&mut saw, "condition", || {
        let guard = pair.0.lock().unwrap();
        assert!(pair.1.wait_timeout_while(guard, minute, |_| true).unwrap().1.timed_out());
    });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut served, _) = listener.accept().unwrap();
    client.set_read_timeout(Some(minute)).unwrap();
    let mut byte = [0u8];
    timed(&mut saw, "recv", || assert_eq!(client.read(&mut byte).unwrap_err().kind(), ErrorKind::WouldBlock));
    let server = thread::spawn(move || {
        let mut byte = [0u8];
        while served.read(&mut byte).unwrap() == 1 {
            thread::sleep(Duration::from_millis(150));
            served.write_all(&byte).unwrap();
        }
    });
    let mut answers = Vec::new();
    for _ in 0..20 {
        let sent = Instant::now();
        client.write_all(&byte).unwrap();
        client.read_exact(&mut byte).unwrap();
        answers.push((sent.elapsed().as_secs_f64() * 1000.0).to_string());
    }
    drop(client);
    server.join().unwrap();
    println!(
        "{{\"startMs\":{start_ms},\"order\":{:?},\"answersMs\":[{}],\"saw\":{{{}}},\"allMs\":{}}}",
        order.lock().unwrap(),
        answers.join(","),
        saw.join(","),
        begun.elapsed().as_secs_f64() * 1000.0
    );
}
