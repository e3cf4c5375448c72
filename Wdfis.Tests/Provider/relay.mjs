// A mail relay on loopback, for the tests of mail alone: says its port, then each message as one line of JSON.
import { SMTPServer } from "smtp-server";

const relay = new SMTPServer({
    authOptional: true,
    disabledCommands: process.env.RELAY_TLS ? ["AUTH"] : ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
        const parts = [];
        stream.on("data", (part) => parts.push(part));
        stream.on("end", () => {
            console.log(JSON.stringify({ from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((one) => one.address), hello: session.hostNameAppearsAs, text: Buffer.concat(parts).toString("utf8") }));
            done();
        });
    },
});
// Whoever breaks off while it is being encrypted is no trouble.
relay.on("error", () => {});
relay.listen(0, "127.0.0.1", () => console.log(`listening on ${relay.server.address().port}`));
