#!/usr/bin/env bash
# Asks the package sources for known vulnerabilities of every package, indirect ones included.
# Ends with 0: asked, none known. 1: some are known, named above. 2: a source gave no answer, so nothing is known either way.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
known=0 unknown=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A source without advisories calls everything sound. So it is asked first about a package that is known not to be (GHSA-5crp-9r3c-p9vr).
cat > "$work/planted.csproj" <<'P'
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
<ItemGroup><PackageReference Include="Newtonsoft.Json" Version="12.0.1" /></ItemGroup></Project>
P
if dotnet restore "$work/planted.csproj" -v q >/dev/null 2>&1 && dotnet list "$work/planted.csproj" package --vulnerable 2>/dev/null | grep -q "Newtonsoft.Json"; then
    dotnet restore Wdfis.sln --locked-mode -v q >/dev/null || { echo "The packages could not be restored." >&2; exit 2; }
    found=$(dotnet list Wdfis.sln package --vulnerable --include-transitive) || unknown=1
    grep -E '^ +> ' <<< "$found" && known=1
else
    echo "NuGet: the package source gives out no advisories (it calls a package sound that is known not to be). Nothing was audited." >&2
    unknown=1
fi

# The provider of the sign-in tests: nothing of it is in the portal.
found=$(cd Wdfis.Tests/Provider && npm audit --package-lock-only --json 2>/dev/null)
case $? in
    0) ;;
    *) if grep -q '"auditReportVersion"' <<< "$found"; then (cd Wdfis.Tests/Provider && npm audit --package-lock-only); known=1
       else echo "npm: the registry answers no audit. The packages of the sign-in tests were not audited." >&2; unknown=1; fi ;;
esac

[ "$known" = 1 ] && exit 1
[ "$unknown" = 1 ] && { echo "Not audited. Run this where the package sources give out advisories." >&2; exit 2; }
echo "No known vulnerability."
