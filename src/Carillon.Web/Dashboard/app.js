'use strict';

const api = 'api/v1/scheduler/';
const tokenKey = 'carillon-token';
const icons = {
  pending: '○', running: '▶', completed: '✔', succeeded: '✔', success: '✔', failed: '✖', failure: '✖',
  timed_out: '✖', lost: '✖', paused: '❚❚', cancelled: '⊘', skipped: '⊘', misfired: '⊘',
};

const byId = id => document.getElementById(id);
const setText = (id, text) => { byId(id).textContent = text; };
const state = {
  cursor: null, nextCursor: null, selected: null, asOf: null, timer: 0, round: 0, error: null, isPaused: false,
};

const problem = (status, message) => Object.assign(new Error(message), { status });

async function call(path, options = {}) {
  const token = sessionStorage.getItem(tokenKey);
  const headers = { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
  const request = fetch(api + path, { ...options, headers, cache: 'no-store', signal: AbortSignal.timeout(10000) });
  const response = await request.catch(() => { throw problem(0, 'The server cannot be reached.'); });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw problem(response.status, body.message || `The server answered ${response.status}.`);
  }

  return body.data;
}

function change(path, body) {
  return call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Carillon': '1' },
    body: JSON.stringify(body),
  });
}

const share = rate => (rate === null ? '–' : `${(100 * rate).toFixed(rate === 1 ? 0 : 1)} %`);

function duration(ms) {
  if (ms === null || ms < 1000) {
    return ms === null ? '–' : `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
  }

  const units = [[3600, 'h', 7200], [60, 'min', 120], [1, 's', 0]];
  const [size, unit] = units.find(([, , least]) => ms / 1000 >= least);
  return `${(ms / 1000 / size).toFixed(1)} ${unit}`;
}

function age(text) {
  const seconds = Math.round((Date.now() - Date.parse(text)) / 1000);
  const size = duration(Math.abs(seconds) * 1000).replace(/\.0 /, ' ');
  return seconds === 0 ? 'now' : seconds > 0 ? `${size} ago` : `in ${size}`;
}

function stamp(text) {
  const time = element('time', text ? age(text) : '–');
  return text ? Object.assign(time, { dateTime: text, title: new Date(text).toLocaleString() }) : time;
}

function element(name, text = '', className = '') {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function word(status) {
  return element('span', status ? `${icons[status]} ${status.replace('_', ' ')}` : '–', `state ${status || ''}`);
}

function button(text, label, action) {
  const made = Object.assign(element('button', text), { type: 'button' });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', action);
  return made;
}

function cell(label, content, className) {
  const made = element('td', '', className);
  made.dataset.label = label;
  made.append(content);
  return made;
}

// The rows are made anew; the button that had the focus gets it back.
function showRows(bodyId, items, cellsOf) {
  const body = byId(bodyId);
  const label = document.activeElement.getAttribute('aria-label');
  const place = [...body.querySelectorAll('button')].indexOf(document.activeElement);
  body.replaceChildren(...items.map(item => {
    const row = element('tr');
    row.append(...cellsOf(item));
    return row;
  }));
  const buttons = [...body.querySelectorAll('button')];
  (place < 0 ? null : buttons.find(b => b.getAttribute('aria-label') === label) || buttons[place])?.focus();
}

function pauseText(pause) {
  const end = pause.until ? `until ${new Date(pause.until).toLocaleString()}` : 'until somebody resumes';
  return `${pause.reason} (${pause.author}), ${end}`;
}

function jobCells(job) {
  const m = job.metrics;
  const title = element('div');
  title.append(button(job.name, `Show executions of ${job.id}`, () => select(job.id)));
  title.firstChild.className = 'link';
  const id = job.id === job.name ? null : job.id;
  title.append(element('div', [id, job.category, job.owner].filter(Boolean).join(' · '), 'muted'));

  const success = element('div');
  success.append(
    m.total_runs ? Object.assign(element('meter'), { value: m.success_rate, title: share(m.success_rate) }) : '',
    share(m.success_rate), ' ', element('span', m.total_runs ? `of ${m.total_runs}` : 'no runs', 'muted state'));

  const last = element('div');
  last.append(word(m.last_status), ' ', m.last_timestamp ? stamp(m.last_timestamp) : '');
  last.title = m.last_error || '';

  const status = element('div');
  status.append(word(job.status), element('div', job.pause ? pauseText(job.pause) : '', 'muted'));

  const actions = element('div', '', 'actions');
  const run = () => act(job, 'trigger', x => `Started ${job.name}: execution ${x.execution_id}`);
  actions.append(button('Run', `Run ${job.id} now`, run), job.pause
    ? button('Resume', `Resume ${job.id}`, () => act(job, 'resume', () => `Resumed ${job.name}`))
    : button('Pause', `Pause ${job.id}`, () => act(job, 'pause', () => `Paused ${job.name}`)));
  const percentile = value => duration(m.sample_count ? value : null);
  return [
    cell('Job', title), cell('Status', status), cell('Success', success),
    cell('p50', percentile(m.p50_duration_ms), 'number'), cell('p95', percentile(m.p95_duration_ms), 'number'),
    cell('p99', percentile(m.p99_duration_ms), 'number'), cell('Last run', last),
    cell('Running', String(m.running), 'number'),
    cell('Next run', stamp(job.status === 'paused' || state.isPaused ? null : job.next_run_at)),
    cell('Actions', actions),
  ];
}

// What the code of a running execution said last; empty when it has said nothing.
function progressText(run) {
  const live = run.attempts.at(-1)?.live;
  const done = live?.progress ?? null;
  return [live && live.state !== 'running' && live.state, done !== null && share(done), live?.text]
    .filter(Boolean).join(' · ');
}

function runCells(run) {
  const why = run.error ? `${run.error.type}: ${run.error.message}` : run.reason || '';
  const status = element('div');
  status.append(word(run.status), element('div', progressText(run), 'muted'));
  return [
    cell('Scheduled', stamp(run.scheduled_at)), cell('Status', status), cell('Trigger', run.trigger),
    cell('Node', run.node || '–'), cell('Duration', duration(run.duration_ms), 'number'),
    cell('Attempts', String(run.attempts.length), 'number'), cell('Error or reason', why),
  ];
}

function showStatus(status) {
  const { summary, jobs, pause } = status;
  state.isPaused = !status.running;
  byId('pause').hidden = status.running;
  setText('pause-text', pause ? `The scheduler is paused, nothing starts: ${pauseText(pause)}` : '');
  setText('card-jobs', jobs.total);
  setText('card-rate', share(summary.success_rate));
  setText('card-average', duration(summary.total_executions ? 1000 * summary.average_duration : null));
  setText('card-failing', jobs.failed);
  byId('card-failing').classList.toggle('failed', jobs.failed > 0);
  setText('card-paused', jobs.paused);
  setText('card-executions', summary.total_executions.toLocaleString());
  setText('card-slots', `${status.active_workers} of ${status.max_workers}`);
  setText('card-waiting', status.queue_size);
  setText('cluster', `${status.cluster} · ${status.node}`);
  setText('footer', `Carillon ${status.version} · answered by ${status.node} · store ${status.store} · `
    + `up ${duration(1000 * status.uptime_seconds)}`);
}

function showJobs(page) {
  state.nextCursor = page.next_cursor;
  showRows('job-rows', page.items, jobCells);
  setText('job-count', page.total.toLocaleString());
  byId('first').hidden = !state.cursor;
  byId('next').hidden = !page.next_cursor;
  const filtered = byId('search').value || byId('status').value;
  byId('job-filtered').hidden = page.items.length > 0 || !filtered;
  byId('job-new').hidden = page.items.length > 0 || Boolean(filtered);
  byId('job-nothing').hidden = true;
}

function showRuns(items, whenEmpty) {
  showRows('run-rows', items, runCells);
  byId('run-empty').hidden = items.length > 0;
  setText('run-empty', whenEmpty);
}

function showLive() {
  const live = byId('live');
  const off = byId('interval').value === '0';
  live.className = `pill ${state.error ? 'stale' : off ? 'off' : 'live'}`;
  const fresh = () => `${off ? 'Paused' : 'Live'}, ${new Date(state.asOf).toLocaleTimeString()}`;
  const stale = () => `Stale: ${Math.round((Date.now() - state.asOf) / 1000)} s old`;
  live.textContent = !state.asOf ? (state.error ? 'No data' : 'Loading…') : state.error ? stale() : fresh();
}

function showError(error) {
  state.error = error;
  const needsToken = error?.status === 401;
  byId('login').hidden = !needsToken;
  setText('login-text', sessionStorage.getItem(tokenKey)
    ? 'The token was not accepted.'
    : 'This node shows nothing without one. Its configuration lists them under security.tokens.');
  byId('banner').hidden = !error || needsToken;
  setText('banner-text', error ? `${error.status === 403 ? 'Not allowed' : 'Not up to date'}: ${error.message}` : '');
  for (const id of ['cards', 'job-rows', 'run-rows']) {
    byId(id).classList.toggle('stale-data', Boolean(error));
  }

  setText('job-nothing', error ? 'Nothing could be loaded yet.' : 'Loading…');
  showLive();
}

function toast(text) {
  setText('toast', text);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(setText, 6000, 'toast', '');
}

// A job that was deleted has no executions; that is no reason to show nothing of the others.
function gone(error) {
  return error.status === 404 ? { items: [] } : Promise.reject(error);
}

// Lists leave out how far running code is, so the first few that run are read one by one.
async function withProgress(page) {
  const running = page.items.filter(run => run.status === 'running').slice(0, 5);
  const read = await Promise.all(running.map(run => call(`executions/${run.execution_id}`).catch(() => run)));
  return { items: page.items.map(run => read.find(known => known.execution_id === run.execution_id) || run) };
}

async function refresh() {
  const round = ++state.round;
  clearTimeout(state.timer);
  const [q, status, sort] = ['search', 'status', 'sort'].map(id => byId(id).value.trim());
  const filters = Object.entries({ q, status, sort, cursor: state.cursor, limit: 50 });
  const query = new URLSearchParams(filters.filter(([, value]) => value));
  try {
    const selected = state.selected;
    const runs = selected && call(`jobs/${encodeURIComponent(selected)}/executions?limit=20`)
      .then(withProgress).catch(gone);
    const [now, jobs, executions] = await Promise.all([call('status'), call(`jobs?${query}`), runs]);
    if (round !== state.round) {
      return; // a newer question is on its way
    }

    state.asOf = Date.now();
    showStatus(now);
    showJobs(jobs);
    if (executions && selected === state.selected) {
      showRuns(executions.items, 'This job has no recorded executions.');
    }

    showError(null);
  } catch (error) {
    if (round === state.round) {
      showError(error);
    }
  } finally {
    if (round === state.round) {
      document.querySelector('main').setAttribute('aria-busy', 'false');
      const seconds = Number(byId('interval').value);
      if (seconds && !document.hidden) {
        state.timer = setTimeout(refresh, 1000 * (state.error ? Math.max(seconds, 5) : seconds));
      }
    }
  }
}

async function act(job, action, said) {
  const body = action === 'pause' ? { reason: 'paused from the dashboard' } : {};
  await attempt(`${action} of ${job.name}`, `jobs/${encodeURIComponent(job.id)}/${action}`, body, said);
}

async function attempt(what, path, body, said) {
  try {
    toast(said(await change(path, body)));
  } catch (error) {
    toast(`${what} failed: ${error.message}`);
  }

  refresh();
}

function select(id) {
  state.selected = id;
  byId('detail').hidden = !id;
  showRuns([], 'Loading…');
  setText('detail-title', id ? `Executions of ${id}` : '');
  if (id) {
    byId('detail-title').focus();
    refresh();
  }
}

function turnTo(cursor) {
  state.cursor = cursor;
  refresh();
}

const on = (id, event, action) => byId(id).addEventListener(event, action);
on('search', 'input', () => {
  clearTimeout(state.typing);
  state.typing = setTimeout(turnTo, 200, null);
});
on('clear', 'click', () => {
  byId('search').value = byId('status').value = '';
  turnTo(null);
});
on('status', 'change', () => turnTo(null));
on('sort', 'change', () => turnTo(null));
on('interval', 'change', refresh);
on('refresh', 'click', refresh);
on('retry', 'click', refresh);
on('resume', 'click', () => attempt('resume of the scheduler', 'resume', {}, () => 'Resumed the scheduler'));
on('close', 'click', () => select(null));
on('first', 'click', () => turnTo(null));
on('next', 'click', () => turnTo(state.nextCursor));
on('login', 'submit', event => {
  event.preventDefault();
  sessionStorage.setItem(tokenKey, byId('token').value.trim());
  byId('token').value = '';
  refresh();
});
document.addEventListener('visibilitychange', () => document.hidden || refresh());
setInterval(showLive, 1000);
refresh();
