#!/usr/bin/env bash
# Writes the software bill of materials (CycloneDX 1.6, JSON) from the lock files: artifacts/sbom.json is the portal,
# artifacts/sbom-tests.json what only builds, tests and measures it, the npm packages of the sign-in tests included.
# The same lock files give the same bytes. Needs Node, as the tests do.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p artifacts
"${WDFIS_NODE:-node}" - <<'JS'
const fs = require("node:fs");
const one = (type, name, version, more) => ({ type: "library", "bom-ref": `pkg:${type}/${name}@${version}`, name, version, purl: `pkg:${type}/${name.replace("@", "%40")}@${version}`, ...more });
const nuget = (project) => {
    const all = Object.assign({}, ...Object.values(JSON.parse(fs.readFileSync(`${project}/packages.lock.json`, "utf8")).dependencies));
    const ref = (name) => all[name] && all[name].type !== "Project" ? `pkg:nuget/${name}@${all[name].resolved}` : null;
    return Object.entries(all).filter(([, found]) => found.type !== "Project").map(([name, found]) => ({ part: one("nuget", name, found.resolved, { properties: [{ name: "nuget:contentHash", value: found.contentHash }] }), needs: Object.keys(found.dependencies ?? {}).map(ref).filter(Boolean) }));
};
const npm = (folder) => Object.entries(JSON.parse(fs.readFileSync(`${folder}/package-lock.json`, "utf8")).packages).filter(([path]) => path !== "").map(([path, found]) => ({
    part: one("npm", path.slice(path.lastIndexOf("node_modules/") + 13), found.version, {
        hashes: [{ alg: "SHA-512", content: Buffer.from(found.integrity.replace("sha512-", ""), "base64").toString("hex") }], ...(found.license ? { licenses: [{ expression: found.license }] } : {}) }), needs: [] }));
// The Blazor script comes out of a runtime pack that no lock file names.
const targets = fs.readFileSync("Wdfis.Portal/BlazorScript.targets", "utf8"), pack = /PackageDownload Include="([^"]+)"/.exec(targets)[1], version = /<BlazorScriptPackVersion[^>]*>([^<]+)</.exec(targets)[1];
const write = (file, name, found) => {
    const parts = new Map(found.map((each) => [each.part["bom-ref"], each]));
    const sorted = [...parts.values()].sort((a, b) => a.part["bom-ref"] < b.part["bom-ref"] ? -1 : 1);
    fs.writeFileSync(file, JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata: { component: { type: "application", "bom-ref": name, name } },
        components: sorted.map((each) => each.part), dependencies: sorted.map((each) => ({ ref: each.part["bom-ref"], dependsOn: each.needs.filter((ref) => parts.has(ref)) })) }, null, 1) + "\n");
    console.log(`${file}: ${sorted.length} packages`);
    return parts;
};
const portal = write("artifacts/sbom.json", "wdfis-portal", [...nuget("Wdfis.Domain"), ...nuget("Wdfis.Portal"), { part: one("nuget", pack, version), needs: [] }]);
write("artifacts/sbom-tests.json", "wdfis-tests", [...nuget("Wdfis.Tests"), ...nuget("bench/Wdfis.Bench"), ...npm("Wdfis.Tests/Provider")].filter((each) => !portal.has(each.part["bom-ref"])));
JS
