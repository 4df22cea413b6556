import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import type { NewRecall, Recall } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { PageHead } from '../../ui/page-head.js';
import { RecallConfirm } from './recall-confirm.js';
import { RecallNumbers } from './recall-numbers.js';
import { isStale, plan } from './recall-plan.js';
import { bodyOfWish, type Planned, type Wish } from './recall-wish.js';
import { ScopeForm } from './scope-form.js';

/** Stops a wrong message: scope, preview in numbers, confirmation by typing. What was confirmed is what happens. */
export default function NewRecallPage(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const [planned, setPlanned] = useState<Planned>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const busily = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const preview = (wish: Wish): Promise<void> =>
    busily(async () => {
      setPlanned(undefined);
      setPlanned(await plan(wish, bodyOfWish(wish, Date.now())));
    });
  const again = ({ wish, body, preview: old }: Planned): Promise<void> =>
    busily(async () => setPlanned({ ...(await plan(wish, body)), before: old.messages }));
  const run = (confirmed: Planned, isFrozen: boolean): Promise<void> =>
    busily(async () => {
      await disableFirst(confirmed.wish);
      try {
        const { data } = await api.POST('/v1/recalls', { body: finalBody(confirmed, isFrozen) });
        void navigate(`/recalls/${(data as unknown as Recall).id}`);
      } catch (refusal) {
        if (!isStale(refusal)) throw refusal;
        await again(confirmed);
      }
    });
  return (
    <div className="page">
      <PageHead title={t('kill.title')} lead={<Link to="/recalls">{t('nav.recalls')}</Link>} />
      <section className="card">
        <h2>{t('kill.scope')}</h2>
        <ScopeForm isBusy={isBusy} onPreview={(wish) => void preview(wish)} onChange={() => setPlanned(undefined)} />
        {error !== undefined && <FaultArea error={error} />}
      </section>
      {planned && (
        <>
          <RecallNumbers planned={planned} isBusy={isBusy} onAgain={() => void again(planned)} />
          {planned.preview.messages > 0 && (
            <RecallConfirm
              key={planned.at}
              planned={planned}
              isBusy={isBusy}
              onRun={(isFrozen) => void run(planned, isFrozen)}
            />
          )}
        </>
      )}
    </div>
  );
}

/** New requests are refused before the old ones are looked for: nothing slips in between. */
async function disableFirst({ disableTemplate, note, template }: Wish): Promise<void> {
  if (!disableTemplate || template === undefined) return;
  await api.POST('/v1/templates/{code}/disable', { params: { path: { code: template } }, body: { reason: note } });
}

/** With the token more messages are a refusal; without it the end that was counted holds. */
function finalBody({ body, preview: { createdBefore, token } }: Planned, isFrozen: boolean): NewRecall {
  if (isFrozen) return { ...body, ...(createdBefore !== undefined && { createdBefore }) };
  return { ...body, dryRunToken: token };
}
