// A certified OpenID provider with Entra-shaped claims, on loopback, for the sign-in tests alone. Settings come as JSON in PROVIDER.
import http from "node:http";
import Provider from "oidc-provider";

const { issuer, clients, jwks, people } = JSON.parse(process.env.PROVIDER);
const prefix = new URL(issuer).pathname;
const provider = new Provider(issuer, {
    clients,
    jwks,
    cookies: { keys: ["only for tests"] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ["sub", "tid", "oid", "roles", "ver"], profile: ["name"] },
    findAccount: (_, id) => people[id] && { accountId: id, claims: async () => ({ sub: id, ver: "2.0", ...people[id] }) },
    // The council's administrator has agreed for everybody.
    async loadExistingGrant({ oidc }) {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope("openid profile");
        await grant.save();
        return grant;
    },
});
const answer = provider.callback();
http.createServer((request, response) => {
    request.originalUrl = request.url;
    request.url = request.url.startsWith(prefix) ? request.url.slice(prefix.length) || "/" : request.url;
    answer(request, response);
}).listen(0, "127.0.0.1", function () { console.log(`listening on ${this.address().port}`); });
