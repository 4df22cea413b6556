import { Security1700000000001 } from './1700000000001-security.js';
import { Accounts1700000000002 } from './1700000000002-accounts.js';
import { Templates1700000000003 } from './1700000000003-templates.js';
import { Messages1700000000004 } from './1700000000004-messages.js';
import { Guards1700000000005 } from './1700000000005-guards.js';
import { Assets1700000000006 } from './1700000000006-assets.js';
import { Cards1700000000007 } from './1700000000007-cards.js';
import { Receipts1700000000008 } from './1700000000008-receipts.js';
import { Limits1700000000009 } from './1700000000009-limits.js';
import { Failures1700000000010 } from './1700000000010-failures.js';
import { RecallSelections1700000000012 } from './1700000000012-recall-selections.js';
import { Retention1700000000013 } from './1700000000013-retention.js';
import { Pools1700000000014 } from './1700000000014-pools.js';
import { DigestsAndRepeats1700000000015 } from './1700000000015-digests-and-repeats.js';
import { RecallsAndSweep1700000000016 } from './1700000000016-recalls-and-sweep.js';
import { CodesAndRecalls1700000000017 } from './1700000000017-codes-and-recalls.js';
import { Statistics1700000000018 } from './1700000000018-statistics.js';
import { Finding1700000000019 } from './1700000000019-finding.js';
import { Directory1700000000020 } from './1700000000020-directory.js';
import { Imports1700000000022 } from './1700000000022-imports.js';
import { Compat1700000000023 } from './1700000000023-compat.js';
import { Webhooks1700000000024 } from './1700000000024-webhooks.js';
import { AuditIndex1700000000025 } from './1700000000025-audit-index.js';
import { Customers1700000000028 } from './1700000000028-customers.js';
import { KeyLimits1700000000029 } from './1700000000029-key-limits.js';

/** In the order in which they run. */
export const MIGRATIONS = [
  Security1700000000001,
  Accounts1700000000002,
  Templates1700000000003,
  Messages1700000000004,
  Guards1700000000005,
  Assets1700000000006,
  Cards1700000000007,
  Receipts1700000000008,
  Limits1700000000009,
  Failures1700000000010,
  RecallSelections1700000000012,
  Retention1700000000013,
  Pools1700000000014,
  DigestsAndRepeats1700000000015,
  RecallsAndSweep1700000000016,
  CodesAndRecalls1700000000017,
  Statistics1700000000018,
  Finding1700000000019,
  Directory1700000000020,
  Imports1700000000022,
  Compat1700000000023,
  Webhooks1700000000024,
  AuditIndex1700000000025,
  Customers1700000000028,
  KeyLimits1700000000029,
];
