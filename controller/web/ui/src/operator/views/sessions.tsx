// Sessions, down to their reps. Whose they were is neither asked for nor shown.
import { useSignal, useSignalEffect } from '@preact/signals';
import type { Session, Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import { RepVerdict, SessionState } from '../../../gen/sheave/v1/session_pb';
import { clock, fixed, load, setLoad } from '../../shared/units';
import { grouped, language, liftedText, m, refusalText, when } from '../model/format';
import type { MachineModel } from '../model/machine';
import { link } from '../model/route';
import { Panel } from '../parts/panel';
import { programName } from './overview';

const PAGE = 20;
const idOf = (session: Session) => session.name.split('/').at(-1)!;

interface Row {
  session: Session;
  sets: TrainingSet[];
}

function volume(sets: readonly TrainingSet[]): number {
  return sets.reduce((sum, set) => sum + set.volumeKg, 0);
}

const known = (value: number | undefined, decimals: number, unit: string) => (value === undefined ? '' : `${fixed(value, language(), decimals)}\u00a0${unit}`);

export function SessionsView({ machine, index, session }: { machine: MachineModel; index: number; session: string | undefined }) {
  return session ? <OneSession machine={machine} index={index} id={session} key={session} /> : <SessionList machine={machine} index={index} />;
}

/** A page of sessions that had sets, each with its sets. */
async function readPage(machine: MachineModel, pageToken: string): Promise<{ rows: Row[]; next: string }> {
  const { sessions, nextPageToken } = await machine.api.session.listSessions({ parent: 'machines/-', pageSize: PAGE, pageToken });
  const rows = await Promise.all(
    sessions
      .filter((session) => session.state !== SessionState.PREPARED)
      .map(async (session) => ({ session, sets: (await machine.api.session.listSets({ parent: session.name })).sets })),
  );
  return { rows, next: nextPageToken };
}

function SessionList({ machine, index }: { machine: MachineModel; index: number }) {
  const words = m().sessions;
  const rows = useSignal<Row[] | undefined>(undefined);
  const next = useSignal('');
  const trouble = useSignal('');
  const more = async () => {
    try {
      const page = await readPage(machine, next.value);
      rows.value = [...(rows.value ?? []), ...page.rows];
      next.value = page.next;
      trouble.value = '';
    } catch (error) {
      trouble.value = refusalText(error);
    }
  };
  useSignalEffect(() => {
    if (machine.linked.value && rows.peek() === undefined) void more();
  });
  const zone = machine.summary.value?.timeZone ?? '';
  return (
    <Panel title={m().machine.sessions} span="c12" id="sessions">
      {trouble.value && <p class="refused" role="alert">{trouble.value}</p>}
      {rows.value?.length === 0 && <p class="quiet">{words.none}</p>}
      {rows.value && rows.value.length > 0 && (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">{words.columns.began}</th>
              <th scope="col">{words.columns.program}</th>
              <th scope="col" class="r">{words.columns.sets}</th>
              <th scope="col" class="r">{words.columns.reps}</th>
              <th scope="col" class="r">{words.columns.volume}</th>
              <th scope="col" class="stand">{words.columns.ended}</th>
            </tr>
          </thead>
          <tbody>
            {rows.value.map(({ session, sets }) => (
              <tr key={session.name} data-session={idOf(session)}>
                <td>
                  <a href={link(index, `sessions/${idOf(session)}`)}>{session.createTime && when(session.createTime, zone)}</a>
                </td>
                <td>
                  <b>{programName(machine, session.program)}</b>
                </td>
                <td class="r">{sets.length}</td>
                <td class="r hide">{sets.reduce((sum, set) => sum + set.countedReps, 0)}</td>
                <td class="r hide">{liftedText(volume(sets))}</td>
                <td class="today stand">
                  {words.states[session.state]}
                  {session.endNote && <small>{session.endNote}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {next.value && (
        <button type="button" class="b" onClick={() => void more()}>
          {m().more}
        </button>
      )}
    </Panel>
  );
}

function Reps({ set }: { set: TrainingSet }) {
  const words = m().sessions;
  return (
    <table class="reps">
      <caption class="sr">{words.set(set.index)}</caption>
      <thead>
        <tr>
          <th scope="col">{words.repColumns.rep}</th>
          <th scope="col" class="r">{words.repColumns.range}</th>
          <th scope="col" class="r">{words.repColumns.speed}</th>
          <th scope="col" class="r">{words.repColumns.peak}</th>
          <th scope="col" class="r">{words.repColumns.force}</th>
          <th scope="col" class="r">{words.repColumns.power}</th>
          <th scope="col">{words.repColumns.verdict}</th>
        </tr>
      </thead>
      <tbody>
        {set.reps.map((rep) => (
          <tr key={rep.candidate} class={rep.verdict === RepVerdict.COUNTED ? '' : 'quiet'}>
            <th scope="row">{rep.verdict === RepVerdict.COUNTED ? rep.index : '–'}</th>
            <td class="r">{known(rep.romM, 2, 'm')}</td>
            <td class="r">{known(rep.meanVelocityMps, 2, 'm/s')}</td>
            <td class="r">{known(rep.peakVelocityMps, 2, 'm/s')}</td>
            <td class="r">{known(rep.meanForceN, 0, 'N')}</td>
            <td class="r">{known(rep.meanPowerW, 0, 'W')}</td>
            <td>
              {words.verdicts[rep.verdict]}
              {rep.assisted && `, ${words.assisted}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OneSession({ machine, index, id }: { machine: MachineModel; index: number; id: string }) {
  const words = m().sessions;
  const found = useSignal<Row | undefined>(undefined);
  const trouble = useSignal('');
  useSignalEffect(() => {
    if (!machine.linked.value || found.peek()) return;
    const name = `${machine.snapshot.peek()?.machine ?? 'machines/-'}/sessions/${id}`;
    void Promise.all([machine.api.session.getSession({ name }), machine.api.session.listSets({ parent: name })]).then(
      ([session, { sets }]) => (found.value = { session, sets }),
      (error: unknown) => (trouble.value = refusalText(error)),
    );
  });
  const row = found.value;
  const zone = machine.summary.value?.timeZone ?? '';
  return (
    <Panel
      title={row ? `${programName(machine, row.session.program)}, ${row.session.createTime ? when(row.session.createTime, zone) : ''}` : m().machine.sessions}
      note={<a href={link(index, 'sessions')}>{m().machine.allSessions}</a>}
      span="c12"
      id="session"
    >
      {trouble.value && <p class="refused" role="alert">{trouble.value}</p>}
      {row?.sets.map((set) => (
        <section class="set" key={set.index} data-set={set.index}>
          <h3>
            {words.set(set.index)}: {setLoad(set, language())}, {m().reps(set.countedReps)}
          </h3>
          <p class="quiet small">
            {set.startTime && when(set.startTime, zone)}, {clock(set.durationS)}, {words.ends[set.endReason]}
            {set.meanVelocityMps !== undefined && `, ${known(set.meanVelocityMps, 2, 'm/s')}`}
            {set.proposal && !set.proposal.stop && `. ${words.reason}: ${load(set.proposal.loadTotalKg, language())}`}
          </p>
          <div class="heat-wrap" tabIndex={0} role="region" aria-label={words.set(set.index)}>
            <Reps set={set} />
          </div>
        </section>
      ))}
      {row && <p class="quiet small">{`${grouped(row.sets.reduce((sum, set) => sum + set.countedReps, 0))} ${words.columns.reps}, ${liftedText(volume(row.sets))}. ${m().machine.privacy}`}</p>}
    </Panel>
  );
}
