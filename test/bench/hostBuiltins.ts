// An extension host has these loaded long before any extension: they are not this one's cost.
import 'node:child_process';
import 'node:crypto';
import 'node:fs';
import 'node:fs/promises';
import 'node:http';
import 'node:https';
import 'node:os';
import 'node:path';
import 'node:stream';
import 'node:zlib';
