#!/usr/bin/env bash
# Takes the README's picture of the live enquiry again, from the journey that tests it.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet test Wdfis.Tests --nologo --filter "FullyQualifiedName~WholeCall"
cp artifacts/live-enquiry.png docs/live-enquiry.png
echo "docs/live-enquiry.png is new."
