// Made from the description of the API: npm run docs

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Accounts_list"];
        put?: never;
        post: operations["Accounts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Accounts_get"];
        put: operations["Accounts_update"];
        post?: never;
        delete: operations["Accounts_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{code}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AccountOperations_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{code}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AccountMedia_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{code}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AccountOperations_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{code}/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Quotas_quota"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{code}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AccountOperations_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{code}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AccountOperations_token"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ApiKeys_list"];
        put?: never;
        post: operations["ApiKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ApiKeys_get"];
        put: operations["ApiKeys_update"];
        post?: never;
        delete: operations["ApiKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ApiKeys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["KeyUsage_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Assets_list"];
        put?: never;
        post: operations["Assets_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Assets_get"];
        put?: never;
        post?: never;
        delete: operations["Assets_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Assets_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/callers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Callers_list"];
        put?: never;
        post: operations["Callers_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/callers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Callers_get"];
        put: operations["Callers_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Channels_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{name}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Channels_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Customers_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{account}/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Customers_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Customers_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Customers_listTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["DeadLetters_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Replays_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Replays_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Replays_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/replays/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Replays_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/{family}/oauth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Logins_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/{family}/oauth-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Logins_loginUrl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Conflicts_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/conflicts/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Conflicts_resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Syncs_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/syncs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Syncs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/syncs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Syncs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Downloads_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/downloads/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Downloads_fetch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Reference_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Imports_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Imports_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Imports_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Imports_faults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Imports_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Imports_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Imports_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Me_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Messages_list"];
        put?: never;
        post: operations["Messages_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Messages_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MessageDetails_listAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MessageActions_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MessageCard_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MessageContent_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MessageDetails_listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/recall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MessageActions_recall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MessageDetails_listRecipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/recipients/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MessageDetails_summarizeRecipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MessageActions_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MessageActions_resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/send-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MessageActions_sendNow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MessageDetails_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Messages_sendBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MessageExport_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Imports_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["People_list"];
        put?: never;
        post: operations["People_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["People_get"];
        put: operations["People_put"];
        post?: never;
        delete: operations["People_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{user}/identities/{family}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["People_deleteIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PeopleImport_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Queues_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues/{channel}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Queues_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues/{channel}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Queues_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Quotas_quotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Reference_reasons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recalls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recalls_list"];
        put?: never;
        post: operations["Recalls_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recalls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recalls_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recalls/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recalls_listResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recalls/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["RecallReport_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recipients/{ref}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recipients_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recipients/{ref}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recipients_listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Rejections_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Sandbox_advance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Sandbox_faults"];
        put?: never;
        post: operations["Sandbox_addFault"];
        delete: operations["Sandbox_clearFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Sandbox_inbox"];
        put?: never;
        post?: never;
        delete: operations["Sandbox_clear"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/inbox/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Sandbox_markRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Search_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Balance_balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Stats_reasons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats/recounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recounts_list"];
        put?: never;
        post: operations["Recounts_ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Stats_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats/timeseries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Stats_timeSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Templates_list"];
        put?: never;
        post: operations["Templates_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Templates_get"];
        put: operations["Templates_update"];
        post?: never;
        delete: operations["Templates_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Templates_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Templates_enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/number": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["TemplateNumber_get"];
        put: operations["TemplateNumber_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TemplatePreview_ofVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TemplateTest_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["TemplateVersions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["TemplateVersions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{code}/versions/{version}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TemplateVersions_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TemplatePreview_ofDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Webhooks_list"];
        put?: never;
        post: operations["Webhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Webhooks_get"];
        put: operations["Webhooks_update"];
        post?: never;
        delete: operations["Webhooks_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["WebhookDeliveries_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["WebhookDeliveries_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["WebhookDeliveries_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Webhooks_rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["WebhookDeliveries_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountChangeDto: {
            baseUrl?: string;
            /** @default false */
            compat?: boolean;
            config: {
                [key: string]: unknown;
            };
            limits?: {
                [key: string]: number | null;
            };
            name: string;
            pausedReason?: string;
            proxyUrl?: string;
            /**
             * @default active
             * @enum {string}
             */
            status?: "active" | "paused";
        };
        AccountCheckDto: {
            /** Format: date-time */
            checkedAt: string;
            findings: components["schemas"]["FindingDto"][];
            ok: boolean;
        };
        AccountDto: {
            baseUrl?: string;
            channel: string;
            code: string;
            /** @default false */
            compat?: boolean;
            config: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            createdAt: string;
            health: components["schemas"]["AccountHealthDto"];
            limits?: {
                [key: string]: number | null;
            };
            name: string;
            /** Format: date-time */
            pausedAt?: string;
            /** @enum {string} */
            pausedBy?: "operator" | "credentials";
            pausedReason?: string;
            pausedText?: string;
            proxyUrl?: string;
            /**
             * @default active
             * @enum {string}
             */
            status?: "active" | "paused";
            token?: components["schemas"]["TokenStateDto"];
            /** Format: date-time */
            updatedAt: string;
            usedBy?: string[];
            version: number;
            waiting?: number;
        };
        AccountHealthDto: {
            reason?: string;
            /** Format: date-time */
            sinceAt?: string;
            /** @enum {string} */
            state: "ok" | "paused" | "blocked" | "failing";
            /** Format: date-time */
            untilAt?: string;
        };
        AccountTokenDto: {
            accessToken: string;
            account: string;
            /** Format: date-time */
            expiresAt: string | null;
        };
        AdvanceClockDto: {
            advanceMs: number;
        };
        ApiKeyDto: {
            accounts: string[] | null;
            caller: string;
            createdAt: string;
            expiresAt: string | null;
            id: string;
            ipRanges: string[] | null;
            lastUsedAt: string | null;
            limits: components["schemas"]["KeyLimitsDto"];
            name: string;
            prefix: string;
            /** @enum {string} */
            preset: "caller" | "viewer" | "operator" | "admin";
            scopes: ("messages:read" | "recalls:read" | "stats:read" | "queues:read" | "templates:read" | "accounts:read" | "directory:read" | "webhooks:read" | "imports:read" | "customers:read" | "audit:read" | "channels:read" | "messages:send" | "messages:recall" | "messages:broadcast" | "queues:write" | "directory:write" | "templates:write" | "imports:write" | "accounts:operate" | "accounts:write" | "tokens:read" | "webhooks:write" | "keys:write")[];
            templates: string[] | null;
        };
        AssetDto: {
            /** Format: uuid */
            assetId: string;
            contentType: string;
            /** Format: date-time */
            createdAt: string;
            fileName: string;
            sha256: string;
            sizeBytes: number;
            /** @enum {string} */
            type: "image" | "voice" | "video" | "file";
        };
        AssetFormDto: {
            /** Format: binary */
            file: string;
            /** @enum {string} */
            type?: "image" | "voice" | "video" | "file";
        };
        AttemptDto: {
            account: string;
            channel: string;
            code?: string;
            deliveryNo: number;
            durationMs?: number;
            finishedAt?: string;
            no: number;
            /** @enum {string} */
            outcome?: "sent" | "not_sent" | "rejected" | "unknown";
            provider?: components["schemas"]["ProviderDto"];
            providerMsgId?: string;
            reason?: string;
            request?: {
                [key: string]: unknown;
            };
            response?: {
                [key: string]: unknown;
            };
            startedAt: string;
        };
        AuditEntryDto: {
            action: string;
            actor: string | null;
            at: string;
            caller: string | null;
            details: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
            object: string;
            requestId: string | null;
        };
        AustinAnswerDto: {
            code: string;
            data: Record<string, never>[] | null;
            msg: string;
        };
        BalanceCountsDto: {
            canceled: number;
            delivered: number;
            expired: number;
            failed: number;
            inFlight: number;
            invalid: number;
            read: number;
            recalled: number;
            sent: number;
            suppressed: number;
            unknown: number;
        };
        BalanceDifferenceDto: {
            accepted: number;
            canceled: number;
            delivered: number;
            expired: number;
            failed: number;
            inFlight: number;
            invalid: number;
            read: number;
            recalled: number;
            sent: number;
            suppressed: number;
            unknown: number;
        };
        BalanceDto: {
            accepted: number;
            balanced: boolean;
            counters: components["schemas"]["BalanceCountsDto"];
            createdAfter: string;
            createdBefore: string;
            difference: components["schemas"]["BalanceDifferenceDto"];
            messages: number;
            rows: components["schemas"]["BalanceCountsDto"];
        };
        BatchDto: {
            /** Format: uuid */
            batchId: string;
            results: components["schemas"]["BatchResultDto"][];
        };
        BatchResultDto: {
            index: number;
            message?: components["schemas"]["MessageDto"];
            problem?: {
                [key: string]: unknown;
            };
            /** @enum {number} */
            status: 200 | 202 | 409 | 422;
        };
        CallerDto: {
            code: string;
            createdAt: string;
            enabled: boolean;
            id: string;
            name: string;
            updatedAt: string;
        };
        CandidateDto: {
            at: string;
            channel: string;
            /** Format: uuid */
            message: string;
            reason?: string;
            status: string;
            template: string | null;
        };
        CardAudienceDto: {
            departments?: string[];
            tags?: string[];
            users?: string[];
        };
        CardResultDto: {
            account: string;
            code?: string;
            deliveryNo: number;
            detail?: string;
            provider?: {
                [key: string]: unknown;
            };
            refused?: string[];
            /** @enum {string} */
            status: "updated" | "failed" | "unclear";
        };
        CardResultsDto: {
            results: components["schemas"]["CardResultDto"][];
        };
        CardUpdateDto: {
            content: {
                [key: string]: unknown;
            };
            deliveryNo?: number;
            to?: components["schemas"]["CardAudienceDto"];
        };
        CardUpdatesDto: {
            codeSeconds?: number;
            hasAudience: boolean;
            kinds: components["schemas"]["ContentKindDto"][];
        };
        ChannelDto: {
            accountFields: components["schemas"]["FieldDto"][];
            addressing: {
                [key: string]: unknown;
            };
            bodyLimit?: components["schemas"]["SizeLimitDto"];
            canCheck: boolean;
            cardUpdates?: components["schemas"]["CardUpdatesDto"];
            contentKinds: components["schemas"]["ContentKindDto"][];
            errorsPath: string;
            family: string;
            familyLabel: components["schemas"]["LabelDto"];
            hasCallback: boolean;
            hasToken: boolean;
            identityFamily: string;
            label: components["schemas"]["LabelDto"];
            limits: components["schemas"]["ChannelLimitDto"][];
            media?: components["schemas"]["MediaSupportDto"];
            name: string;
            options: Record<string, never>[];
            recall: components["schemas"]["RecallSupportDto"];
            recallWindowSeconds: number | null;
            receipts: components["schemas"]["ReceiptSupportDto"];
            /** @enum {string} */
            repetitions: "dropped" | "dropped_when_asked" | "shown";
            short: components["schemas"]["LabelDto"];
            /** @enum {string} */
            skin: "square" | "round";
        };
        ChannelLimitDto: {
            key: string;
            label: components["schemas"]["LabelDto"];
            limit: number;
            /** @enum {string} */
            scope: "account" | "person";
            windowSeconds: number;
        };
        CheckDto: {
            reason?: string;
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            waiting?: number;
        };
        ConflictDto: {
            account: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            family: "wecom" | "dingtalk";
            found: components["schemas"]["FoundPersonDto"];
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "several_people" | "other_identity" | "same_user_id";
            /** @enum {string|null} */
            resolution: "left" | "right" | "both" | "ignore" | null;
            /** Format: date-time */
            resolvedAt: string | null;
            /** @enum {string} */
            status: "open" | "resolved";
            users: string[];
        };
        ContentDto: {
            channel: string;
            content: {
                [key: string]: unknown;
            };
            deliveryNo: number;
        };
        ContentKindDto: {
            example: {
                [key: string]: unknown;
            };
            fields: components["schemas"]["FieldDto"][];
            kind: string;
            label: components["schemas"]["LabelDto"];
            /** @enum {string} */
            layout: "bubble" | "markdown" | "image" | "voice" | "video" | "file" | "card" | "articles";
        };
        CorrectionCountsDto: {
            failed: number;
            open: number;
            sent: number;
        };
        CorrectionDto: {
            params?: {
                [key: string]: unknown;
            };
            template: string;
        };
        CreateApiKeyDto: {
            accounts?: string[] | null;
            caller: string;
            expiresAt?: string | null;
            ipRanges?: string[] | null;
            limits?: components["schemas"]["KeyLimitsDto"] | null;
            name: string;
            /** @enum {string} */
            preset: "caller" | "viewer" | "operator" | "admin";
            scopes?: ("messages:read" | "recalls:read" | "stats:read" | "queues:read" | "templates:read" | "accounts:read" | "directory:read" | "webhooks:read" | "imports:read" | "customers:read" | "audit:read" | "channels:read" | "messages:send" | "messages:recall" | "messages:broadcast" | "queues:write" | "directory:write" | "templates:write" | "imports:write" | "accounts:operate" | "accounts:write" | "tokens:read" | "webhooks:write" | "keys:write")[];
            templates?: string[] | null;
        };
        CreateCallerDto: {
            code: string;
            /** @default true */
            enabled?: boolean;
            name: string;
        };
        CreatePersonDto: {
            /** @default true */
            active?: boolean;
            department?: string | null;
            email?: string | null;
            identities?: components["schemas"]["IdentityInputDto"][];
            mobile?: string | null;
            name: string;
            user: string;
        };
        CustomerDto: {
            account: string;
            company: string | null;
            customer: string;
            followers: components["schemas"]["CustomerFollowerDto"][];
            /** Format: date-time */
            goneAt: string | null;
            /** @enum {string} */
            kind: "personal" | "corporate";
            name: string;
            /** Format: date-time */
            seenAt: string;
            tags: components["schemas"]["CustomerTagDto"][];
        };
        CustomerFollowerDto: {
            /** Format: date-time */
            addedAt: string | null;
            remark: string;
            tags: string[];
            user: string;
        };
        CustomerTagCountDto: {
            account: string;
            customers: number;
            group: string | null;
            id: string;
            name: string | null;
        };
        CustomerTagDto: {
            group: string | null;
            id: string;
            name: string | null;
        };
        DeadLetterDto: {
            account: string;
            attempts: number;
            caller: string | null;
            channel: string;
            createdAt: string;
            deliveryNo: number;
            error?: {
                [key: string]: unknown;
            };
            failedAt: string;
            /** @enum {string} */
            kind: "first" | "split" | "fallback" | "replay" | "digest";
            /** Format: uuid */
            messageId: string;
            reason?: string;
            recipientCount: number;
            replayableCount: number;
            template: string | null;
            text?: string;
        };
        DeadLetterFilterDto: {
            account?: string[];
            caller?: string[];
            channel?: string[];
            /** Format: date-time */
            failedAfter?: string;
            /** Format: date-time */
            failedBefore?: string;
            reason?: string[];
            template?: string[];
        };
        DedupeDto: {
            /**
             * @default {
             *       "windowSeconds": 300,
             *       "limit": 1
             *     }
             */
            content?: components["schemas"]["WindowRuleDto"] | null;
            frequency?: components["schemas"]["WindowRuleDto"] | null;
        };
        DeliveryDto: {
            account: string;
            attempts: number;
            channel: string;
            error?: components["schemas"]["DeliveryErrorDto"];
            /** @enum {string} */
            kind: "first" | "split" | "fallback" | "replay" | "digest";
            nextAttemptAt?: string;
            no: number;
            possibleDuplicate?: boolean;
            providerMsgId?: string;
            reason?: string;
            recall?: {
                [key: string]: unknown;
            };
            responseCode?: string;
            routeNo: number;
            sentAt?: string;
            /** @enum {string} */
            status: "accepted" | "scheduled" | "sending" | "sent" | "partial" | "failed" | "unknown" | "suppressed" | "expired" | "canceled" | "recalled";
        };
        DeliveryErrorDto: {
            code: string;
            errors?: Record<string, never>[];
            message?: string;
            provider?: components["schemas"]["ProviderDto"];
        };
        DownloadDto: {
            expiresAt: string;
            url: string;
        };
        DraftPreviewDto: {
            params?: {
                [key: string]: string | number | boolean;
            };
            template: components["schemas"]["NewTemplateDto"];
        };
        DryRunDto: {
            contents: Record<string, never>[];
            deliveries: Record<string, never>[];
            expireAt: string;
            limits: Record<string, never>[];
            people?: Record<string, never>[];
            providerCalls: number;
            quietUntil?: string;
            recipientCount: number;
            sendAt?: string;
        };
        ErrorCatalogueDto: {
            data: components["schemas"]["ErrorEntryDto"][];
        };
        ErrorEntryDto: {
            code: string;
            retryable: boolean;
            status: number;
            title: components["schemas"]["LocalizedTextDto"];
        };
        ExplainedPersonDto: {
            active: boolean;
            name: string;
            refs: string[];
            user: string;
        };
        ExplanationDto: {
            candidates: components["schemas"]["CandidateDto"][];
            deliveryNo?: number;
            /** Format: uuid */
            message?: string;
            person?: components["schemas"]["ExplainedPersonDto"];
            ref: string;
            stations: components["schemas"]["StationDto"][];
            verdict: components["schemas"]["VerdictDto"];
        };
        FactDto: {
            href?: string;
            label: string;
            value: string;
        };
        FallbackDto: {
            /** @default 600 */
            afterSeconds?: number;
            on: ("failed" | "unreachable" | "timeout" | "unread")[];
        };
        FaultActionDto: {
            code?: number;
            ms?: number;
            status?: number;
            /** @enum {string} */
            type: "errcode" | "http" | "delay" | "hang" | "reset" | "cut-body" | "garbage" | "drip";
            /** @enum {string} */
            when?: "before" | "after";
        };
        FaultDto: {
            actual?: number;
            code: string;
            limit?: number;
            message: string;
            parameter?: string;
            pointer?: string;
            /** @enum {string} */
            unit?: "bytes" | "characters" | "items" | "entries";
        };
        FaultMatchDto: {
            channel?: string;
            endpoint?: string;
        };
        FieldCounterDto: {
            advised?: components["schemas"]["SizeLimitDto"];
            bytes: number;
            characters: number;
            limit?: components["schemas"]["SizeLimitDto"];
            pointer: string;
        };
        FieldDto: {
            accepts?: ("media_id" | "url" | "base64")[];
            default?: string | number | boolean;
            example?: string | number | boolean;
            fields?: components["schemas"]["FieldDto"][];
            formats?: string[];
            group?: components["schemas"]["LabelDto"];
            help?: components["schemas"]["HelpDto"];
            hint?: components["schemas"]["LabelDto"];
            /** @enum {string} */
            kind: "text" | "textarea" | "markdown" | "url" | "secret" | "number" | "switch" | "select" | "multiselect" | "asset" | "object" | "list";
            label: components["schemas"]["LabelDto"];
            limit?: components["schemas"]["LengthDto"];
            markup?: ("headings" | "bold" | "italic" | "links" | "code" | "fences" | "quotes" | "lists" | "images" | "tables" | "rules" | "colours" | "mentions" | "anchors" | "tones" | "breaks")[];
            max?: number;
            maxBytes?: number;
            maxItems?: number;
            /** @enum {string} */
            media?: "image" | "voice" | "video" | "file";
            min?: number;
            minItems?: number;
            multiline?: boolean;
            name: string;
            /** @enum {string} */
            part?: "notification" | "source" | "title" | "subtitle" | "text" | "author" | "attachments" | "label" | "value" | "figure" | "caption" | "unit" | "footer" | "button" | "replaced" | "option" | "fileName" | "seconds" | "milliseconds" | "tone" | "sideBySide" | "isSeveral" | "isChecked" | "firstIsLarge" | "id" | "chosen" | "colour" | "mentions" | "miniProgram" | "cover" | "thumb" | "head" | "status" | "menu" | "quote" | "emphasis" | "aside" | "rows" | "sections" | "select" | "question" | "options" | "buttons" | "footers" | "articles";
            pattern?: string;
            required: boolean;
            secret?: boolean;
            shortFor?: string;
            soft?: components["schemas"]["LengthDto"];
            /** @enum {string} */
            type: "text" | "media" | "integer" | "number" | "boolean" | "choice" | "texts" | "object" | "list";
            values?: (string | number)[];
            variants?: components["schemas"]["FieldVariantDto"][];
            visibleWhen?: components["schemas"]["VisibleWhenDto"];
        };
        FieldVariantDto: {
            example: {
                [key: string]: unknown;
            };
            fields: components["schemas"]["FieldDto"][];
            label: components["schemas"]["LabelDto"];
            value: string;
        };
        FindingDto: {
            check: string;
            ok: boolean;
            remedy?: string;
            text: string;
        };
        FoundPersonDto: {
            department: string | null;
            email: string | null;
            mobile: string | null;
            name: string;
            providerUserId: string;
        };
        HelpDto: {
            url: string;
        };
        HitDto: {
            id: string;
            label: string;
            /** @enum {string} */
            matchedBy: "id" | "name" | "ref" | "businessKey" | "providerMsgId" | "code";
            /** @enum {string} */
            type: "person" | "message" | "business_key" | "provider_msg" | "batch" | "recall" | "template" | "account";
        };
        HitsDto: {
            data: components["schemas"]["HitDto"][];
        };
        IdentityInputDto: {
            /** @enum {string} */
            family: "wecom" | "dingtalk";
            providerUserId: string;
        };
        ImportColumnDto: {
            address: string | null;
            header: string;
            variable: string | null;
        };
        ImportCountsDto: {
            accepted: number;
            duplicate: number;
            faulty: number;
            ready: number;
            rows: number;
            waiting: number;
        };
        ImportDto: {
            actor: string;
            columns: components["schemas"]["ImportColumnDto"][];
            counts: components["schemas"]["ImportCountsDto"];
            createdAt: string;
            dryRun: boolean;
            /** @enum {string} */
            encoding?: "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
            fileName?: string;
            finishedAt?: string;
            /** @enum {string} */
            format: "csv" | "xlsx";
            id: string;
            /** @enum {string} */
            priority: "high" | "normal" | "low";
            providerCalls?: number;
            reason?: string;
            results?: Record<string, never>;
            /** @enum {string} */
            status: "checking" | "checked" | "running" | "paused" | "finished" | "canceled";
            template: string;
            templateVersion: number;
        };
        ImportFaultDto: {
            code: string;
            column: string;
            message: string;
            row: number;
        };
        ImportReportDto: {
            added: number;
            changed: number;
            conflicts: components["schemas"]["ImportFaultDto"][];
            deactivated: number;
            dryRun: boolean;
            faultCount: number;
            faults: components["schemas"]["ImportFaultDto"][];
            rows: number;
            sample: components["schemas"]["ImportSampleDto"];
            unchanged: number;
        };
        ImportRowDto: {
            cells: string[];
            faults: components["schemas"]["RowFaultDto"][];
            messageId?: string;
            no: number;
            /** @enum {string} */
            outcome: "waiting" | "ready" | "faulty" | "duplicate" | "accepted";
        };
        ImportRowsDto: {
            data: components["schemas"]["ImportRowDto"][];
            nextAfter: number | null;
        };
        ImportSampleDto: {
            added: string[];
            changed: string[];
        };
        IssuedApiKeyDto: {
            accounts: string[] | null;
            caller: string;
            createdAt: string;
            expiresAt: string | null;
            id: string;
            ipRanges: string[] | null;
            key: string;
            lastUsedAt: string | null;
            limits: components["schemas"]["KeyLimitsDto"];
            name: string;
            prefix: string;
            /** @enum {string} */
            preset: "caller" | "viewer" | "operator" | "admin";
            scopes: ("messages:read" | "recalls:read" | "stats:read" | "queues:read" | "templates:read" | "accounts:read" | "directory:read" | "webhooks:read" | "imports:read" | "customers:read" | "audit:read" | "channels:read" | "messages:send" | "messages:recall" | "messages:broadcast" | "queues:write" | "directory:write" | "templates:write" | "imports:write" | "accounts:operate" | "accounts:write" | "tokens:read" | "webhooks:write" | "keys:write")[];
            templates: string[] | null;
        };
        KeyDayDto: {
            day: string;
            recipients: number;
            refused: number;
            requests: number;
        };
        KeyLimitsDto: {
            recipientsPerDay?: number | null;
            requestsPerDay?: number | null;
            requestsPerMinute?: number | null;
        };
        KeyUsageDto: {
            data: components["schemas"]["KeyDayDto"][];
        };
        LabelDto: {
            en: string;
            zh: string;
        };
        LabeledRemedyDto: {
            /** @enum {string} */
            id: "wait" | "send_now" | "resend" | "send_anyway" | "other_channel" | "resolve" | "recall" | "retry_recall" | "correct" | "open_original" | "open_digest" | "edit_template" | "edit_rules" | "replace_media" | "check_account" | "edit_account" | "resume_account" | "view_quota" | "resume_queue" | "bind_identity" | "sync_directory" | "open_person" | "copy_ip" | "tell_caller" | "rejections" | "device";
            label: string;
        };
        LatencyDto: {
            count: number;
            p50Ms: number | null;
            p95Ms: number | null;
            p99Ms: number | null;
        };
        LengthDto: {
            /** @enum {string} */
            onExcess: "cut" | "refuse" | "soft";
            size: number;
            /** @enum {string} */
            unit: "bytes" | "characters";
        };
        LimitUsageDto: {
            /** Format: date-time */
            exhaustedAt?: string;
            key: string;
            label: string;
            left?: number;
            limit: number | null;
            /** Format: date-time */
            nextFreeAt?: string;
            /** @enum {string} */
            period: "rolling" | "day" | "month";
            reserved: number;
            /** @enum {string} */
            scope: "account" | "person" | "person_content";
            used?: number;
            windowSeconds: number;
        };
        LinePauseDto: {
            by?: string;
            reason?: string;
            since?: string;
            /** @enum {string} */
            what: "queue" | "account";
        };
        LivenessDto: {
            /** @enum {string} */
            status: "ok";
        };
        LocalizedTextDto: {
            en: string;
            zh: string;
        };
        LoginAnswerDto: {
            /** @enum {string} */
            family: "wecom" | "dingtalk";
            providerUserId: string;
            user: string | null;
        };
        LoginDto: {
            account: string;
            code: string;
            /**
             * @default in_app
             * @enum {string}
             */
            flow?: "in_app" | "browser";
            user?: string;
        };
        LoginUrlDto: {
            url: string;
        };
        MediaRuleDto: {
            /** @enum {string} */
            form: "media_id" | "url";
            formats?: string[];
            maxBytes: number;
            /** @enum {string} */
            media: "image" | "voice" | "video" | "file";
            minBytes?: number;
        };
        MediaSupportDto: {
            forms: ("media_id" | "url")[];
            rules: components["schemas"]["MediaRuleDto"][];
        };
        MeDto: {
            accounts: string[] | null;
            caller: string;
            expiresAt: string | null;
            keyName: string;
            /** @enum {string} */
            preset: "caller" | "viewer" | "operator" | "admin";
            scopes: ("messages:read" | "recalls:read" | "stats:read" | "queues:read" | "templates:read" | "accounts:read" | "directory:read" | "webhooks:read" | "imports:read" | "customers:read" | "audit:read" | "channels:read" | "messages:send" | "messages:recall" | "messages:broadcast" | "queues:write" | "directory:write" | "templates:write" | "imports:write" | "accounts:operate" | "accounts:write" | "tokens:read" | "webhooks:write" | "keys:write")[];
            seesAllCallers: boolean;
            server: components["schemas"]["ServerDto"];
            templates: string[] | null;
        };
        MessageDto: {
            accounts?: string[];
            /** Format: uuid */
            batchId?: string;
            businessKey?: string;
            caller?: string;
            channels: string[];
            contentPurgedAt?: string;
            counts: {
                [key: string]: number;
            };
            createdAt: string;
            deliveries?: components["schemas"]["DeliveryDto"][];
            deliveriesTruncated: boolean;
            deliveryCount: number;
            duplicate: boolean;
            expireAt: string;
            firstRecipient?: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            mergedInto?: string;
            metadata?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            priority: "high" | "normal" | "low";
            reason?: string;
            recall?: components["schemas"]["MessageRecallDto"];
            recallableUntil?: string;
            recipientCount: number;
            sendAt?: string;
            sentence?: string;
            /** @enum {string} */
            status: "accepted" | "sending" | "scheduled" | "sent" | "delivered" | "read" | "partial" | "failed" | "unknown" | "suppressed" | "expired" | "canceled" | "recalled";
            template: string | null;
            templateVersion: number | null;
            updatedAt: string;
        };
        MessageRecallDto: {
            /** Format: uuid */
            id: string;
            requestedAt: string;
        };
        MessageReplayPreviewDto: {
            deliveries: number;
            recipients: number;
        };
        NewAccountDto: {
            baseUrl?: string;
            channel: string;
            code: string;
            /** @default false */
            compat?: boolean;
            config: {
                [key: string]: unknown;
            };
            limits?: {
                [key: string]: number | null;
            };
            name: string;
            pausedReason?: string;
            proxyUrl?: string;
            /**
             * @default active
             * @enum {string}
             */
            status?: "active" | "paused";
        };
        NewDownloadDto: {
            path: string;
        };
        NewFaultDto: {
            action: components["schemas"]["FaultActionDto"];
            match?: components["schemas"]["FaultMatchDto"];
            times?: number;
        };
        NewRecallDto: {
            businessKey?: string;
            correction?: components["schemas"]["CorrectionDto"];
            /** Format: date-time */
            createdAfter?: string;
            /** Format: date-time */
            createdBefore?: string;
            /** @default false */
            dryRun?: boolean;
            dryRunToken?: string;
            messageIds?: string[];
            note?: string;
            providerMsgIds?: components["schemas"]["ProviderMsgIdDto"][];
            template?: string;
        };
        NewReplayDto: {
            /** @default false */
            dryRun?: boolean;
            filter: components["schemas"]["DeadLetterFilterDto"];
            /** @default 600 */
            rate?: number;
        };
        NewTemplateDto: {
            code: string;
            dedupe?: components["schemas"]["DedupeDto"];
            /** @default  */
            description?: string;
            enabled?: boolean;
            /** @default null */
            fallback?: components["schemas"]["FallbackDto"] | null;
            name: string;
            /**
             * @default resend
             * @enum {string}
             */
            onAmbiguous?: "resend" | "hold";
            /**
             * @default delay
             * @enum {string}
             */
            overflow?: "delay" | "merge";
            /** @default null */
            quietHours?: components["schemas"]["QuietHoursDto"] | null;
            routes: components["schemas"]["RouteDto"][];
            /**
             * @default first
             * @enum {string}
             */
            strategy?: "first" | "all";
            /** @default 86400 */
            ttlSeconds?: number;
            /**
             * @default refuse
             * @enum {string}
             */
            unknownUser?: "refuse" | "as_is";
            variables?: components["schemas"]["VariableDto"][];
        };
        PauseDto: {
            reason?: string;
        };
        PauseQueueDto: {
            reason?: string;
        };
        PeopleFormDto: {
            /** Format: binary */
            file: string;
        };
        PersonDto: {
            active: boolean;
            /** Format: date-time */
            createdAt: string;
            department: string | null;
            email: string | null;
            identities: components["schemas"]["PersonIdentityDto"][];
            mobile: string | null;
            name: string;
            /** @enum {string} */
            source: "api" | "import" | "sync";
            /** Format: date-time */
            updatedAt: string;
            user: string;
        };
        PersonFieldsDto: {
            /** @default true */
            active?: boolean;
            department?: string | null;
            email?: string | null;
            identities?: components["schemas"]["IdentityInputDto"][];
            mobile?: string | null;
            name: string;
        };
        PersonIdentityDto: {
            account: string | null;
            /** Format: date-time */
            confirmedAt: string;
            /** @enum {string} */
            family: "wecom" | "dingtalk";
            providerUserId: string;
            /** @enum {string} */
            source: "sync" | "mobile" | "email" | "user_id" | "oauth" | "api" | "import" | "conflict";
            /** Format: date-time */
            staleAt: string | null;
            staleReason: string | null;
        };
        PersonMessageDto: {
            account: string;
            businessKey?: string;
            caller?: string;
            channel: string;
            createdAt: string;
            deliveredAt?: string;
            deliveryNo: number;
            /** Format: uuid */
            message: string;
            nextAttemptAt?: string;
            readAt?: string;
            reason?: string;
            recall?: components["schemas"]["RecipientRecallDto"];
            recipient: string;
            sentAt?: string;
            status: string;
            template: string | null;
            text?: string;
        };
        PreviewDto: {
            params?: {
                [key: string]: string | number | boolean;
            };
            version?: number;
        };
        ProblemDto: {
            code: string;
            detail: string;
            errors?: components["schemas"]["FaultDto"][];
            instance: string;
            provider?: components["schemas"]["ProviderFaultDto"];
            reason?: string;
            requestId: string;
            retryable: boolean;
            retryAfterMs?: number;
            status: number;
            title: string;
            type: string;
        };
        ProviderDto: {
            callerIp?: string;
            code: string;
            hint?: string;
            message?: string;
            name?: string;
            supportId?: string;
            text?: string;
        };
        ProviderErrorCaseDto: {
            /** @enum {string} */
            handling: "retry" | "rate" | "token" | "credentials" | "account" | "recipient" | "content" | "media" | "unclear";
            /** @enum {string} */
            on?: "token" | "recall" | "receipts";
            reason: string;
            remedy?: components["schemas"]["LabelDto"];
            says?: string[];
            text: components["schemas"]["LabelDto"];
            waitMs?: number;
        };
        ProviderErrorDto: {
            cases?: components["schemas"]["ProviderErrorCaseDto"][];
            code: string;
            /** @enum {string} */
            handling: "retry" | "rate" | "token" | "credentials" | "account" | "recipient" | "content" | "media" | "unclear";
            reason: string;
            remedy?: components["schemas"]["LabelDto"];
            text: components["schemas"]["LabelDto"];
            waitMs?: number;
        };
        ProviderFaultDto: {
            callerIp?: string;
            code: string;
            hint?: string;
            message: string;
            name: string;
            supportId?: string;
            text?: string;
        };
        ProviderMsgIdDto: {
            account: string;
            id: string;
        };
        QueueDto: {
            accepted: number;
            channel: string;
            etaMs?: number;
            lines: components["schemas"]["QueueLineDto"][];
            oldestAgeMs?: number;
            paused: boolean;
            pausedAt?: string;
            pausedBy?: string;
            pausedReason?: string;
            scheduled: {
                [key: string]: number;
            };
            sending: number;
            waiting: number;
        };
        QueueLineDto: {
            account: string;
            active: number;
            delayed: number;
            etaSeconds?: number;
            oldestAgeMs?: number;
            paused?: components["schemas"]["LinePauseDto"];
            /** @enum {string} */
            priority: "high" | "normal" | "low";
            ratePerMinute: number;
            waiting: number;
        };
        QuietHoursDto: {
            /**
             * @default delay
             * @enum {string}
             */
            action?: "delay" | "drop";
            from: string;
            /** @default false */
            highBypasses?: boolean;
            /** @default Asia/Shanghai */
            timeZone?: string;
            to: string;
        };
        QuotaDto: {
            account: string;
            channel: string;
            limits: components["schemas"]["LimitUsageDto"][];
            waiting: number;
        };
        QuotasDto: {
            data: components["schemas"]["QuotaDto"][];
        };
        RankedReasonDto: {
            channel?: string;
            count: number;
            hint?: string;
            key: string | null;
            reason?: string;
            reasons?: components["schemas"]["ReasonCountDto"][];
            share: number;
            text?: string;
            title?: string;
        };
        ReadCustomersDto: {
            account: string;
        };
        ReadinessDto: {
            checks?: {
                [key: string]: components["schemas"]["CheckDto"];
            };
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
        };
        ReasonCatalogueDto: {
            data: components["schemas"]["ReasonEntryDto"][];
        };
        ReasonCountDto: {
            count: number;
            reason: string;
            text?: string;
            title?: string;
        };
        ReasonEntryDto: {
            code: string;
            /** @enum {string} */
            group: "waiting" | "stopped" | "recipient" | "content" | "account" | "transport" | "unclear" | "recall";
            label: components["schemas"]["LocalizedTextDto"];
            placeholders: string[];
            remedies: components["schemas"]["RemedyDto"][];
            sentence: components["schemas"]["LocalizedTextDto"];
            vendorCodes: components["schemas"]["VendorCodeDto"][];
        };
        ReasonRankingDto: {
            createdAfter: string;
            createdBefore: string;
            data: components["schemas"]["RankedReasonDto"][];
            /** @enum {string} */
            groupBy: "reason" | "provider_code" | "account" | "template" | "caller";
            total: number;
        };
        RecallCorrectionDto: {
            /** Format: uuid */
            messageId?: string;
            reason?: string;
            /** @enum {string} */
            status: "due" | "sent" | "failed";
        };
        RecallCountsDto: {
            canceled: number;
            failed: number;
            recalled: number;
            uncertain: number;
        };
        RecallDto: {
            actor?: string;
            corrections?: components["schemas"]["CorrectionCountsDto"];
            counts: components["schemas"]["RecallCountsDto"];
            createdAt: string;
            finishedAt?: string;
            /** Format: uuid */
            id: string;
            itemCount: number;
            messageCount: number;
            note?: string;
            openItems: number;
            selecting: boolean;
            selector: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            status: "running" | "finished";
        };
        RecallNoteDto: {
            note?: string;
        };
        RecallPreviewDto: {
            counts: {
                [key: string]: number;
            };
            createdBefore?: string;
            examined: number;
            messages: number;
            reasons: {
                [key: string]: number;
            };
            token: string;
        };
        RecallResultDto: {
            correction?: components["schemas"]["RecallCorrectionDto"];
            deliveryNo: number;
            /** Format: uuid */
            messageId: string;
            reason?: string;
            recipient: string;
            /** @enum {string} */
            status: "waiting" | "running" | "canceled" | "recalled" | "failed" | "uncertain";
            text?: string;
        };
        RecallSupportDto: {
            supported: boolean;
            why?: components["schemas"]["LabelDto"];
            windowSeconds?: number;
        };
        ReceiptSupportDto: {
            supported: boolean;
            tellsRead?: boolean;
            why?: components["schemas"]["LabelDto"];
            windowSeconds?: number;
        };
        RecipientDto: {
            account: string;
            channel: string;
            deliveredAt?: string;
            deliveryNo: number;
            detail?: {
                [key: string]: unknown;
            };
            provider?: components["schemas"]["ProviderDto"];
            providerUserId?: string;
            readAt?: string;
            reason?: string;
            recall?: components["schemas"]["RecipientRecallDto"];
            recipient: string;
            status: string;
            text?: string;
        };
        RecipientGroupDto: {
            account: string;
            channel: string;
            count: number;
            reason?: string;
            remedies: components["schemas"]["LabeledRemedyDto"][];
            sample: string[];
            status: string;
            text?: string;
        };
        RecipientRecallDto: {
            reason?: string;
            /** @enum {string} */
            status: "requested" | "recalled" | "failed" | "uncertain";
        };
        RecipientSummaryDto: {
            data: components["schemas"]["RecipientGroupDto"][];
        };
        RecountAskedDto: {
            hours: string[];
        };
        RecountDto: {
            /** Format: date-time */
            createdAfter?: string;
            /** Format: date-time */
            createdBefore?: string;
        };
        RecountedHourDto: {
            countedAt?: string;
            differences: number;
            hour: string;
            /** @enum {string} */
            status: "due" | "counted";
        };
        RejectionDto: {
            at: string;
            caller?: string;
            code: string;
            errors: Record<string, never>[];
            /** Format: uuid */
            id: string;
            keyName: string;
            requestId: string;
            route: string;
            status: number;
            template?: string;
            title: string;
        };
        RemedyDto: {
            /** @enum {string} */
            id: "wait" | "send_now" | "resend" | "send_anyway" | "other_channel" | "resolve" | "recall" | "retry_recall" | "correct" | "open_original" | "open_digest" | "edit_template" | "edit_rules" | "replace_media" | "check_account" | "edit_account" | "resume_account" | "view_quota" | "resume_queue" | "bind_identity" | "sync_directory" | "open_person" | "copy_ip" | "tell_caller" | "rejections" | "device";
            label: components["schemas"]["LocalizedTextDto"];
        };
        RenderNoteDto: {
            actual: number;
            /** @enum {string} */
            code: "content_cut";
            limit: number;
            pointer: string;
            /** @enum {string} */
            unit: "bytes" | "characters";
        };
        ReplayCountsDto: {
            recipients: number;
            replayed: number;
            skipped: number;
        };
        ReplayDto: {
            account?: string;
            /** @default false */
            dryRun?: boolean;
            ignore?: ("dedupe" | "frequency" | "quiet_hours")[];
            /** @default false */
            includeUnknown?: boolean;
            reason?: string[];
            recipients?: string[];
            status?: ("failed" | "expired" | "canceled" | "unknown" | "suppressed")[];
        };
        ReplayJobDto: {
            actor: string;
            counts: components["schemas"]["ReplayCountsDto"];
            createdAt: string;
            filter: {
                [key: string]: unknown;
            };
            finishedAt?: string;
            /** Format: uuid */
            id: string;
            itemCount: number;
            rate: number;
            /** @enum {string} */
            status: "running" | "finished" | "canceled";
        };
        ReplayPreviewDto: {
            deliveries: number;
            recipients: number;
        };
        ReplayWebhookDto: {
            /** @default false */
            all?: boolean;
            eventIds?: string[];
            /** Format: date-time */
            from?: string;
            /** Format: date-time */
            to?: string;
        };
        RequestSyncDto: {
            account: string;
            /** @default false */
            force?: boolean;
        };
        ResolveConflictDto: {
            /** @enum {string} */
            as: "left" | "right" | "both" | "ignore";
            user?: string;
        };
        ResolveDto: {
            /** @enum {string} */
            as: "sent" | "failed" | "resend";
            deliveryNo?: number;
            note: string;
        };
        RotateApiKeyDto: {
            /** @default 86400 */
            overlapSeconds?: number;
        };
        RouteDto: {
            account?: string;
            accounts?: string[];
            channel: string;
            content?: {
                kind: string;
            } & {
                [key: string]: unknown;
            };
            options?: {
                [key: string]: unknown;
            };
        };
        RoutePreviewDto: {
            accounts: string[];
            channel: string;
            content: {
                [key: string]: unknown;
            };
            counters: components["schemas"]["FieldCounterDto"][];
            faults: components["schemas"]["FaultDto"][];
            kind: string;
            mentions: Record<string, never>[];
            no: number;
            notes: components["schemas"]["RenderNoteDto"][];
        };
        RowFaultDto: {
            code: string;
            message: string;
        };
        SandboxClockDto: {
            now: string;
            offsetMs: number;
        };
        SandboxDropDto: {
            reason: string;
            recipient: string;
        };
        SandboxEntryDto: {
            account: string;
            at: string;
            channel: string;
            dropped: components["schemas"]["SandboxDropDto"][];
            endpoint: string;
            id: string;
            msgtype: string;
            notes: string[];
            providerMsgId: string | null;
            readBy: string[];
            recalled: boolean;
            recalledAt: string | null;
            recipients: string[];
            request: {
                [key: string]: unknown;
            };
        };
        SandboxFaultDto: {
            action: components["schemas"]["FaultActionDto"];
            hits: number;
            id: string;
            match: components["schemas"]["FaultMatchDto"];
            remaining: number | null;
        };
        SendBatchDto: {
            messages: components["schemas"]["SendMessageDto"][];
        };
        SendMessageDto: {
            account?: string;
            businessKey?: string;
            channel?: string;
            delaySeconds?: number;
            expireAt?: string;
            metadata?: {
                [key: string]: unknown;
            };
            params?: {
                [key: string]: unknown;
            };
            /**
             * @default normal
             * @enum {string}
             */
            priority?: "high" | "normal" | "low";
            recipients?: (string | Record<string, never>)[];
            sendAt?: string;
            template: string;
        };
        SeriesDto: {
            key: string | null;
            values: (number | null)[];
        };
        ServerDto: {
            sandbox: boolean;
            time: string;
            timeZone: string;
            version: string;
        };
        SizeLimitDto: {
            size: number;
            /** @enum {string} */
            unit: "bytes" | "characters";
        };
        StationDto: {
            at?: string;
            facts: components["schemas"]["FactDto"][];
            label: string;
            /** @enum {string} */
            name: "request" | "template" | "recipient" | "identity" | "time" | "rules" | "route" | "limits" | "credentials" | "provider" | "receipt" | "device";
            no: number;
            reason?: string;
            remedies: components["schemas"]["LabeledRemedyDto"][];
            /** @enum {string} */
            result: "pass" | "wait" | "stop" | "fail" | "unknown" | "skipped";
            sentence: string;
        };
        SummaryDto: {
            counts: {
                [key: string]: number;
            };
            createdAfter: string;
            createdBefore: string;
            groups?: components["schemas"]["SummaryGroupDto"][];
            latency: components["schemas"]["LatencyDto"];
            messages: number;
            recipients: number;
            successRate: number | null;
            throttledMs: number;
        };
        SummaryGroupDto: {
            counts: {
                [key: string]: number;
            };
            key: string | null;
            latency: components["schemas"]["LatencyDto"];
            messages: number;
            recipients: number;
            successRate: number | null;
            throttledMs: number;
        };
        SyncDto: {
            account: string;
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            createdAt: string;
            error: components["schemas"]["SyncErrorDto"] | null;
            /** @enum {string} */
            family: "wecom" | "dingtalk";
            /** Format: date-time */
            finishedAt: string | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed";
            /** @enum {string} */
            trigger: "manual" | "schedule";
        };
        SyncErrorDto: {
            code: string;
            message: string;
        };
        TemplateChangeDto: {
            dedupe?: components["schemas"]["DedupeDto"];
            /** @default  */
            description?: string;
            enabled?: boolean;
            /** @default null */
            fallback?: components["schemas"]["FallbackDto"] | null;
            name: string;
            /**
             * @default resend
             * @enum {string}
             */
            onAmbiguous?: "resend" | "hold";
            /**
             * @default delay
             * @enum {string}
             */
            overflow?: "delay" | "merge";
            /** @default null */
            quietHours?: components["schemas"]["QuietHoursDto"] | null;
            routes: components["schemas"]["RouteDto"][];
            /**
             * @default first
             * @enum {string}
             */
            strategy?: "first" | "all";
            /** @default 86400 */
            ttlSeconds?: number;
            /**
             * @default refuse
             * @enum {string}
             */
            unknownUser?: "refuse" | "as_is";
            variables?: components["schemas"]["VariableDto"][];
        };
        TemplateDto: {
            code: string;
            /** Format: date-time */
            createdAt: string;
            dedupe?: components["schemas"]["DedupeDto"];
            /** @default  */
            description?: string;
            enabled?: boolean;
            /** @default null */
            fallback?: components["schemas"]["FallbackDto"] | null;
            latestVersion: number;
            name: string;
            /**
             * @default resend
             * @enum {string}
             */
            onAmbiguous?: "resend" | "hold";
            /**
             * @default delay
             * @enum {string}
             */
            overflow?: "delay" | "merge";
            publishedVersion: number | null;
            /** @default null */
            quietHours?: components["schemas"]["QuietHoursDto"] | null;
            routes: components["schemas"]["RouteDto"][];
            /**
             * @default first
             * @enum {string}
             */
            strategy?: "first" | "all";
            /** @default 86400 */
            ttlSeconds?: number;
            /**
             * @default refuse
             * @enum {string}
             */
            unknownUser?: "refuse" | "as_is";
            /** Format: date-time */
            updatedAt: string;
            variables?: components["schemas"]["VariableDto"][];
            version: number;
        };
        TemplateNumberDto: {
            number: number | null;
        };
        TemplatePreviewDto: {
            routes: components["schemas"]["RoutePreviewDto"][];
        };
        TemplateReasonDto: {
            reason?: string;
        };
        TemplateSummaryDto: {
            channels: string[];
            code: string;
            /** Format: date-time */
            createdAt: string;
            description: string;
            enabled: boolean;
            latestVersion: number;
            name: string;
            publishedVersion: number | null;
            /** Format: date-time */
            updatedAt: string;
        };
        TemplateTestAnswerDto: {
            attempts: components["schemas"]["AttemptDto"][];
            message: components["schemas"]["MessageDto"];
        };
        TemplateTestDto: {
            params?: {
                [key: string]: unknown;
            };
            recipients?: Record<string, never>[];
            version?: number;
        };
        TemplateVersionDto: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string | null;
            name: string;
            /** Format: date-time */
            publishedAt: string | null;
            version: number;
        };
        TimelineEventDto: {
            at: string;
            attempt?: number;
            click?: {
                [key: string]: unknown;
            };
            deliveryNo?: number;
            event: string;
            outcome?: string;
            provider?: components["schemas"]["ProviderDto"];
            reason?: string;
            text: string;
        };
        TimeSeriesDto: {
            bucket: string;
            buckets: string[];
            createdAfter: string;
            createdBefore: string;
            /** @enum {string} */
            metric: "count" | "latency_p50" | "latency_p95" | "latency_p99" | "throttled_ms";
            series: components["schemas"]["SeriesDto"][];
            timeZone: string;
            truncated: boolean;
        };
        TokenStateDto: {
            /** Format: date-time */
            expiresAt?: string;
            /** Format: date-time */
            refreshedAt?: string;
            /** @enum {string} */
            state: "none" | "valid" | "expired" | "failing";
        };
        UpdateApiKeyDto: {
            accounts?: string[] | null;
            expiresAt?: string | null;
            ipRanges?: string[] | null;
            limits?: components["schemas"]["KeyLimitsDto"] | null;
            name?: string;
            templates?: string[] | null;
        };
        UpdateCallerDto: {
            /** @default true */
            enabled?: boolean;
            name: string;
        };
        UploadedAssetDto: {
            /** Format: uuid */
            assetId: string;
            contentType: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            fileName: string;
            mediaId: string | null;
            sha256: string;
            sizeBytes: number;
            /** @enum {string} */
            type: "image" | "voice" | "video" | "file";
        };
        VariableDto: {
            description?: string;
            example?: string | number | boolean;
            name: string;
            /** @default true */
            required?: boolean;
        };
        VendorCodeDto: {
            channel: string;
            codes: string[];
        };
        VerdictDto: {
            /** @enum {string} */
            code: "read" | "delivered" | "sent" | "sent_silent" | "waiting" | "suppressed" | "canceled" | "expired" | "recalled" | "unknown" | "invalid" | "failed" | "nobody_asked" | "unknown_person";
            /** @enum {string} */
            family: "ok" | "sent" | "waiting" | "stopped" | "failed" | "unknown" | "nobody";
            reason?: string;
            scope?: components["schemas"]["VerdictScopeDto"];
            sentence: string;
            since?: string;
        };
        VerdictScopeDto: {
            count: number;
            href: string;
            isMore: boolean;
        };
        VisibleWhenDto: {
            field: string;
            values: (string | number)[];
        };
        WebhookDeliveryDetailDto: {
            answer?: string;
            at: string;
            attemptedAt?: string;
            body: {
                [key: string]: unknown;
            };
            code?: number;
            error?: string;
            eventId: string;
            maxTries: number;
            messageId?: string;
            nextTryAt?: string;
            /** @enum {string} */
            status: "waiting" | "delivered" | "failed";
            tookMs?: number;
            tries: number;
            /** @enum {string} */
            type: "message.sent" | "message.delivered" | "message.read" | "message.partial" | "message.failed" | "message.unknown" | "message.suppressed" | "message.expired" | "message.canceled" | "message.recalled" | "message.recall_finished" | "recipient.invalid" | "card.clicked" | "import.finished" | "account.paused" | "account.resumed" | "webhook.test";
        };
        WebhookDeliveryDto: {
            at: string;
            attemptedAt?: string;
            code?: number;
            error?: string;
            eventId: string;
            maxTries: number;
            messageId?: string;
            nextTryAt?: string;
            /** @enum {string} */
            status: "waiting" | "delivered" | "failed";
            tookMs?: number;
            tries: number;
            /** @enum {string} */
            type: "message.sent" | "message.delivered" | "message.read" | "message.partial" | "message.failed" | "message.unknown" | "message.suppressed" | "message.expired" | "message.canceled" | "message.recalled" | "message.recall_finished" | "recipient.invalid" | "card.clicked" | "import.finished" | "account.paused" | "account.resumed" | "webhook.test";
        };
        WebhookDto: {
            callers: string[];
            createdAt: string;
            /** @enum {string} */
            disabledReason?: "failing" | "gone";
            enabled: boolean;
            events: ("message.sent" | "message.delivered" | "message.read" | "message.partial" | "message.failed" | "message.unknown" | "message.suppressed" | "message.expired" | "message.canceled" | "message.recalled" | "message.recall_finished" | "recipient.invalid" | "card.clicked" | "import.finished" | "account.paused" | "account.resumed")[];
            failed: number;
            failingSince?: string;
            id: string;
            lastSuccessAt?: string;
            name: string;
            previousSecretUntil?: string;
            /** @enum {string} */
            state: "active" | "failing" | "disabled";
            templates: string[];
            updatedAt: string;
            url: string;
            waiting: number;
        };
        WebhookReplayDto: {
            events: number;
        };
        WebhookSettingsDto: {
            /** @default [] */
            callers?: string[];
            /** @default true */
            enabled?: boolean;
            /** @default [] */
            events?: ("message.sent" | "message.delivered" | "message.read" | "message.partial" | "message.failed" | "message.unknown" | "message.suppressed" | "message.expired" | "message.canceled" | "message.recalled" | "message.recall_finished" | "recipient.invalid" | "card.clicked" | "import.finished" | "account.paused" | "account.resumed")[];
            name: string;
            /** @default [] */
            templates?: string[];
            url: string;
        };
        WebhookTestDto: {
            eventId: string;
        };
        WebhookWithSecretDto: {
            callers: string[];
            createdAt: string;
            /** @enum {string} */
            disabledReason?: "failing" | "gone";
            enabled: boolean;
            events: ("message.sent" | "message.delivered" | "message.read" | "message.partial" | "message.failed" | "message.unknown" | "message.suppressed" | "message.expired" | "message.canceled" | "message.recalled" | "message.recall_finished" | "recipient.invalid" | "card.clicked" | "import.finished" | "account.paused" | "account.resumed")[];
            failed: number;
            failingSince?: string;
            id: string;
            lastSuccessAt?: string;
            name: string;
            previousSecretUntil?: string;
            secret: string;
            /** @enum {string} */
            state: "active" | "failing" | "disabled";
            templates: string[];
            updatedAt: string;
            url: string;
            waiting: number;
        };
        WindowRuleDto: {
            limit: number;
            windowSeconds: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LivenessDto"];
                };
            };
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadinessDto"];
                };
            };
        };
    };
    Accounts_list: {
        parameters: {
            query?: {
                channel?: string;
                cursor?: string;
                limit?: number;
                status?: "active" | "paused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AccountDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Accounts_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccountDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
        };
    };
    Accounts_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
        };
    };
    Accounts_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChangeDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
        };
    };
    Accounts_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    AccountOperations_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountCheckDto"];
                };
            };
        };
    };
    AccountMedia_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["AssetFormDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedAssetDto"];
                };
            };
        };
    };
    AccountOperations_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PauseDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
        };
    };
    Quotas_quota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaDto"];
                };
            };
        };
    };
    AccountOperations_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
        };
    };
    AccountOperations_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountTokenDto"];
                };
            };
        };
    };
    ApiKeys_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ApiKeyDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    ApiKeys_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedApiKeyDto"];
                };
            };
        };
    };
    ApiKeys_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyDto"];
                };
            };
        };
    };
    ApiKeys_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateApiKeyDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyDto"];
                };
            };
        };
    };
    ApiKeys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ApiKeys_rotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateApiKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedApiKeyDto"];
                };
            };
        };
    };
    KeyUsage_list: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyUsageDto"];
                };
            };
        };
    };
    Assets_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AssetDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Assets_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["AssetFormDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedAssetDto"];
                };
            };
        };
    };
    Assets_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetDto"];
                };
            };
        };
    };
    Assets_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Assets_content: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    Audit_list: {
        parameters: {
            query?: {
                action?: string;
                actor?: string;
                caller?: string;
                createdAfter?: string;
                createdBefore?: string;
                cursor?: string;
                limit?: number;
                object?: string;
                requestId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntryDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Callers_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CallerDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Callers_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCallerDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallerDto"];
                };
            };
        };
    };
    Callers_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallerDto"];
                };
            };
        };
    };
    Callers_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateCallerDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallerDto"];
                };
            };
        };
    };
    Channels_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ChannelDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Channels_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ProviderErrorDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Customers_list: {
        parameters: {
            query?: {
                account?: string;
                cursor?: string;
                follower?: string;
                limit?: number;
                q?: string;
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CustomerDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Customers_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerDto"];
                };
            };
        };
    };
    Customers_sync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadCustomersDto"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncDto"];
                };
            };
        };
    };
    Customers_listTags: {
        parameters: {
            query?: {
                account?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CustomerTagCountDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    DeadLetters_list: {
        parameters: {
            query?: {
                account?: string;
                caller?: string;
                channel?: string;
                cursor?: string;
                failedAfter?: string;
                failedBefore?: string;
                limit?: number;
                reason?: string;
                template?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetterDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Replays_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReplayDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPreviewDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayJobDto"];
                };
            };
        };
    };
    Replays_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReplayJobDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Replays_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayJobDto"];
                };
            };
        };
    };
    Replays_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayJobDto"];
                };
            };
        };
    };
    Logins_login: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                family: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswerDto"];
                };
            };
        };
    };
    Logins_loginUrl: {
        parameters: {
            query: {
                account: string;
                flow?: "in_app" | "browser";
                redirectUri: string;
                state: string;
            };
            header?: never;
            path: {
                family: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginUrlDto"];
                };
            };
        };
    };
    Conflicts_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                status?: "open" | "resolved";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ConflictDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Conflicts_resolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveConflictDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConflictDto"];
                };
            };
        };
    };
    Syncs_request: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestSyncDto"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncDto"];
                };
            };
        };
    };
    Syncs_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SyncDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Syncs_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncDto"];
                };
            };
        };
    };
    Downloads_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDownloadDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DownloadDto"];
                };
            };
        };
    };
    Downloads_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Reference_errors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorCatalogueDto"];
                };
            };
        };
    };
    Imports_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ImportDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Imports_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    Imports_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    Imports_faults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    Imports_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    Imports_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    Imports_rows: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                outcome?: "waiting" | "ready" | "faulty" | "duplicate" | "accepted";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRowsDto"];
                };
            };
        };
    };
    Me_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeDto"];
                };
            };
        };
    };
    Messages_list: {
        parameters: {
            query?: {
                account?: string;
                batchId?: string;
                businessKey?: string;
                caller?: string;
                channel?: string;
                createdAfter?: string;
                createdBefore?: string;
                cursor?: string;
                ids?: string;
                limit?: number;
                providerMsgId?: string;
                reason?: string;
                recipient?: string;
                status?: ("accepted" | "sending" | "scheduled" | "sent" | "delivered" | "read" | "partial" | "failed" | "unknown" | "suppressed" | "expired" | "canceled" | "recalled")[];
                template?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MessageDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Messages_send: {
        parameters: {
            query?: {
                dryRun?: boolean;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessageDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    Messages_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    MessageDetails_listAttempts: {
        parameters: {
            query?: {
                cursor?: string;
                deliveryNo?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AttemptDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    MessageActions_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    MessageCard_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CardUpdateDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardResultsDto"];
                };
            };
        };
    };
    MessageContent_get: {
        parameters: {
            query?: {
                deliveryNo?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentDto"];
                };
            };
        };
    };
    MessageDetails_listDeliveries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliveryDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    MessageActions_recall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RecallNoteDto"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecallDto"];
                };
            };
        };
    };
    MessageDetails_listRecipients: {
        parameters: {
            query?: {
                cursor?: string;
                deliveryNo?: number;
                limit?: number;
                q?: string;
                reason?: string;
                status?: ("pending" | "sent" | "delivered" | "read" | "invalid" | "failed" | "unknown" | "suppressed" | "canceled" | "expired" | "recalled")[];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RecipientDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    MessageDetails_summarizeRecipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientSummaryDto"];
                };
            };
        };
    };
    MessageActions_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageReplayPreviewDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    MessageActions_resolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    MessageActions_sendNow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    MessageDetails_timeline: {
        parameters: {
            query?: {
                deliveryNo?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TimelineEventDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Messages_sendBatch: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBatchDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchDto"];
                };
            };
        };
    };
    MessageExport_export: {
        parameters: {
            query?: {
                account?: string;
                batchId?: string;
                businessKey?: string;
                caller?: string;
                channel?: string;
                createdAfter?: string;
                createdBefore?: string;
                ids?: string;
                providerMsgId?: string;
                reason?: string;
                recipient?: string;
                status?: ("accepted" | "sending" | "scheduled" | "sent" | "delivered" | "read" | "partial" | "failed" | "unknown" | "suppressed" | "expired" | "canceled" | "recalled")[];
                template?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Imports_upload: {
        parameters: {
            query: {
                dryRun?: "true" | "false";
                encoding?: "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
                fileName?: string;
                mapping?: string;
                priority?: "high" | "normal" | "low";
                sheet?: string;
                template: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    People_list: {
        parameters: {
            query?: {
                active?: boolean;
                cursor?: string;
                limit?: number;
                q?: string;
                stale?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PersonDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    People_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePersonDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDto"];
                };
            };
        };
    };
    People_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDto"];
                };
            };
        };
    };
    People_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonFieldsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDto"];
                };
            };
        };
    };
    People_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    People_deleteIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                family: string;
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    PeopleImport_import: {
        parameters: {
            query?: {
                dryRun?: boolean;
                missing?: "keep" | "deactivate";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["PeopleFormDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReportDto"];
                };
            };
        };
    };
    Queues_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["QueueDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Queues_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PauseQueueDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueDto"];
                };
            };
        };
    };
    Queues_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueDto"];
                };
            };
        };
    };
    Quotas_quotas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotasDto"];
                };
            };
        };
    };
    Reference_reasons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReasonCatalogueDto"];
                };
            };
        };
    };
    Recalls_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RecallDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Recalls_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecallDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecallPreviewDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecallDto"];
                };
            };
        };
    };
    Recalls_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecallDto"];
                };
            };
        };
    };
    Recalls_listResults: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                status?: ("waiting" | "running" | "canceled" | "recalled" | "failed" | "uncertain")[];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RecallResultDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    RecallReport_report: {
        parameters: {
            query: {
                recall: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Recipients_explain: {
        parameters: {
            query?: {
                around?: string;
                businessKey?: string;
                message?: string;
                template?: string;
                timeZone?: string;
            };
            header?: never;
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplanationDto"];
                };
            };
        };
    };
    Recipients_listMessages: {
        parameters: {
            query?: {
                createdAfter?: string;
                createdBefore?: string;
                cursor?: string;
                limit?: number;
                template?: string;
            };
            header?: never;
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PersonMessageDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Rejections_list: {
        parameters: {
            query?: {
                caller?: string;
                code?: string;
                createdAfter?: string;
                createdBefore?: string;
                cursor?: string;
                keyName?: string;
                limit?: number;
                template?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RejectionDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Sandbox_advance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdvanceClockDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxClockDto"];
                };
            };
        };
    };
    Sandbox_faults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxFaultDto"][];
                };
            };
        };
    };
    Sandbox_addFault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFaultDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxFaultDto"];
                };
            };
        };
    };
    Sandbox_clearFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Sandbox_inbox: {
        parameters: {
            query?: {
                account?: string;
                channel?: string;
                limit?: number;
                recipient?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxEntryDto"][];
                };
            };
        };
    };
    Sandbox_clear: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Sandbox_markRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxEntryDto"];
                };
            };
        };
    };
    Search_search: {
        parameters: {
            query: {
                limit?: number;
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HitsDto"];
                };
            };
        };
    };
    Balance_balance: {
        parameters: {
            query?: {
                createdAfter?: string;
                createdBefore?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceDto"];
                };
            };
        };
    };
    Stats_reasons: {
        parameters: {
            query?: {
                account?: string;
                caller?: string;
                channel?: string;
                createdAfter?: string;
                createdBefore?: string;
                groupBy?: "reason" | "provider_code" | "account" | "template" | "caller";
                template?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReasonRankingDto"];
                };
            };
        };
    };
    Recounts_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RecountedHourDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Recounts_ask: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RecountDto"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecountAskedDto"];
                };
            };
        };
    };
    Stats_summary: {
        parameters: {
            query?: {
                account?: string;
                caller?: string;
                channel?: string;
                createdAfter?: string;
                createdBefore?: string;
                groupBy?: "channel" | "template" | "account" | "caller";
                template?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryDto"];
                };
            };
        };
    };
    Stats_timeSeries: {
        parameters: {
            query?: {
                account?: string;
                bucket?: "minute" | "hour" | "day";
                caller?: string;
                channel?: string;
                createdAfter?: string;
                createdBefore?: string;
                groupBy?: "status" | "channel" | "template" | "account" | "caller" | "reason";
                metric?: "count" | "latency_p50" | "latency_p95" | "latency_p99" | "throttled_ms";
                template?: string;
                timeZone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeSeriesDto"];
                };
            };
        };
    };
    Templates_list: {
        parameters: {
            query?: {
                channel?: string;
                cursor?: string;
                enabled?: boolean;
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TemplateSummaryDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Templates_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTemplateDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    Templates_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    Templates_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateChangeDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    Templates_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Templates_disable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TemplateReasonDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    Templates_enable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TemplateReasonDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    TemplateNumber_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateNumberDto"];
                };
            };
        };
    };
    TemplateNumber_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateNumberDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateNumberDto"];
                };
            };
        };
    };
    TemplatePreview_ofVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreviewDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreviewDto"];
                };
            };
        };
    };
    TemplateTest_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateTestDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateTestAnswerDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateTestAnswerDto"];
                };
            };
        };
    };
    TemplateVersions_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TemplateVersionDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    TemplateVersions_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    TemplateVersions_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    TemplatePreview_ofDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftPreviewDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreviewDto"];
                };
            };
        };
    };
    Webhooks_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    Webhooks_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookSettingsDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecretDto"];
                };
            };
        };
    };
    Webhooks_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDto"];
                };
            };
        };
    };
    Webhooks_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookSettingsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDto"];
                };
            };
        };
    };
    Webhooks_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    WebhookDeliveries_deliveries: {
        parameters: {
            query?: {
                cursor?: string;
                from?: string;
                limit?: number;
                status?: "waiting" | "delivered" | "failed";
                to?: string;
                type?: "message.sent" | "message.delivered" | "message.read" | "message.partial" | "message.failed" | "message.unknown" | "message.suppressed" | "message.expired" | "message.canceled" | "message.recalled" | "message.recall_finished" | "recipient.invalid" | "card.clicked" | "import.finished" | "account.paused" | "account.resumed" | "webhook.test";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookDeliveryDto"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    WebhookDeliveries_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryDetailDto"];
                };
            };
        };
    };
    WebhookDeliveries_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayWebhookDto"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplayDto"];
                };
            };
        };
    };
    Webhooks_rotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecretDto"];
                };
            };
        };
    };
    WebhookDeliveries_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTestDto"];
                };
            };
        };
    };
}
