#!/usr/bin/env node
// The command line: npx xunbao.
