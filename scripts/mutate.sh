#!/usr/bin/env bash
# Mutation testing of Wdfis.Domain: every folder, or those named (scripts/mutate.sh Consent Retention). Each is tried with its own tests and with the stored forms.
# Reports go to artifacts/mutation; docs/security/mutation.md says what came of it last.
cd "$(dirname "$0")/../Wdfis.Domain" || exit
[ $# -gt 0 ] || set -- $(ls -d */ | grep -vE '^(bin|obj)/')
cd ../Wdfis.Tests || exit
dotnet tool restore > /dev/null
# A property fails within its first cases or hardly ever: so few keep a mutant's run short.
export WDFIS_CASES=${WDFIS_CASES:-100}
failed=0
for folder in "${@%/}"; do
    dotnet stryker --mutate "$folder/**/*.cs" --test-case-filter "FullyQualifiedName~Wdfis.Tests.Domain.$folder|FullyQualifiedName~Wdfis.Tests.Domain.Stored" --output "../artifacts/mutation/$folder" || failed=1
done
exit $failed
