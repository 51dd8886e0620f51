'use strict';

const api = 'api/v1/scheduler/';
const tokenKey = 'carillon-token';
const icons = {
  pending: '○', running: '▶', completed: '✔', succeeded: '✔', success: '✔', failed: '✖', failure: '✖',
  timed_out: '✖', lost: '✖', paused: '❚❚', cancelled: '⊘', skipped: '⊘', misfired: '⊘',
};

const byId = id => document.getElementById(id);
const state = { cursor: null, nextCursor: null, selected: null, asOf: null, timer: 0, round: 0, error: null };

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
    body: JSON.stringify(body || {}),
  });
}

const share = rate => (rate === null ? '–' : `${(100 * rate).toFixed(rate === 1 ? 0 : 1)} %`);

function duration(ms) {
  if (ms === null || ms < 1000) {
    return ms === null ? '–' : `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
  }

  const seconds = ms / 1000;
  return seconds < 120 ? `${seconds.toFixed(1)} s` : seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
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
  return element('span', status ? `${icons[status] || ''} ${status.replace('_', ' ')}` : '–', `state ${status || ''}`);
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
  const focused = body.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  body.replaceChildren(...items.map(item => {
    const row = element('tr');
    row.append(...cellsOf(item));
    return row;
  }));
  [...body.querySelectorAll('button')].find(b => focused && b.getAttribute('aria-label') === focused)?.focus();
}

function jobCells(job) {
  const m = job.metrics;
  const title = element('div');
  title.append(button(job.name, `Show executions of ${job.id}`, () => select(job.id)));
  title.firstChild.className = 'link';
  title.append(element('div', [job.id, job.category, job.owner].filter(Boolean).join(' · '), 'muted'));

  const success = element('div');
  if (m.total_runs) {
    success.append(Object.assign(element('meter'), { value: m.success_rate, title: `${m.success_count} of ${m.total_runs}` }), ' ');
  }

  success.append(share(m.success_rate), ' ', element('span', m.total_runs ? `of ${m.total_runs}` : 'no runs', 'muted'));

  const last = element('div');
  last.append(word(m.last_status), ' ', m.last_timestamp ? stamp(m.last_timestamp) : '');
  last.title = m.last_error || '';

  const status = element('div');
  status.append(word(job.status));
  status.title = job.pause ? `${job.pause.reason} (${job.pause.author})` : '';

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
    cell('Running', String(m.running), 'number'), cell('Next run', stamp(job.status === 'paused' ? null : job.next_run_at)),
    cell('Actions', actions),
  ];
}

function runCells(run) {
  const why = run.error ? `${run.error.type}: ${run.error.message}` : run.reason || '';
  return [
    cell('Scheduled', stamp(run.scheduled_at)), cell('Status', word(run.status)), cell('Trigger', run.trigger),
    cell('Node', run.node || '–'), cell('Duration', duration(run.duration_ms), 'number'),
    cell('Attempts', String(run.attempts.length), 'number'), cell('Error or reason', why),
  ];
}

function showStatus(status) {
  const s = status.summary;
  const cards = [
    ['Jobs', status.jobs.total], ['Success rate', share(s.success_rate)], ['Average duration', s.total_executions ? duration(1000 * s.average_duration) : '–'],
    ['Failing jobs', status.jobs.failed, status.jobs.failed > 0], ['Paused jobs', status.jobs.paused],
    ['Executions', s.total_executions.toLocaleString()], ['Busy slots', `${status.active_workers} of ${status.max_workers}`], ['Waiting', status.queue_size],
  ];
  byId('cards').replaceChildren(...cards.map(([label, value, bad]) => {
    const card = element('div', '', bad ? 'card bad' : 'card');
    card.append(element('div', label, 'label'), element('div', String(value), 'value'));
    return card;
  }));
  byId('cluster').textContent = `${status.cluster} · ${status.node}`;
  byId('footer').textContent = `Carillon ${status.version} · answered by ${status.node} · store ${status.store} · up ${duration(1000 * status.uptime_seconds)}`;
}

function showJobs(page) {
  state.nextCursor = page.next_cursor;
  showRows('job-rows', page.items, jobCells);
  byId('job-count').textContent = page.total.toLocaleString();
  byId('first').hidden = !state.cursor;
  byId('next').hidden = !page.next_cursor;
  const filtered = byId('search').value || byId('status').value;
  byId('job-empty').hidden = page.items.length > 0;
  byId('job-empty').replaceChildren(...(filtered
    ? ['No job matches these filters. ', button('Clear filters', 'Clear filters', clearFilters)]
    : ['There are no jobs yet. Declare one in the configuration, or create one with POST api/v1/scheduler/jobs:',
      element('code', '{"id": "hello", "schedule": {"every": "30s"}, "run": {"type": "http", "url": "http://127.0.0.1:9000/"}}')]));
}

function showRuns(items, whenEmpty) {
  showRows('run-rows', items, runCells);
  byId('run-empty').hidden = items.length > 0;
  byId('run-empty').textContent = whenEmpty;
}

function showLive() {
  const live = byId('live');
  const old = state.asOf ? Math.round((Date.now() - state.asOf) / 1000) : null;
  const off = byId('interval').value === '0';
  live.className = `pill ${state.error ? 'stale' : off ? 'off' : 'live'}`;
  const text = old === null ? (state.error ? 'No data' : 'Loading…') : state.error ? `Stale: ${old} s old` : off ? 'Paused' : 'Live';
  live.firstChild?.data === text || live.replaceChildren(text);
}

function showError(error) {
  state.error = error;
  const needsToken = error?.status === 401;
  byId('login').hidden = !needsToken;
  byId('login-text').textContent = needsToken ? error.message : '';
  byId('banner').hidden = !error || needsToken;
  byId('banner-text').textContent = error ? `${error.status === 403 ? 'Not allowed' : 'Not up to date'}: ${error.message}` : '';
  for (const id of ['cards', 'job-rows', 'run-rows']) {
    byId(id).classList.toggle('stale-data', Boolean(error));
  }

  if (error && !state.asOf) {
    byId('job-empty').hidden = false;
    byId('job-empty').textContent = needsToken ? 'Nothing is shown without a token.' : 'Nothing could be loaded yet.';
  }

  showLive();
}

function toast(text) {
  byId('toast').textContent = text;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { byId('toast').textContent = ''; }, 6000);
}

async function refresh() {
  const round = ++state.round;
  clearTimeout(state.timer);
  const filters = { q: byId('search').value.trim(), status: byId('status').value, cursor: state.cursor, sort: byId('sort').value, limit: 50 };
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  try {
    const selected = state.selected;
    const runs = selected && call(`jobs/${encodeURIComponent(selected)}/executions?limit=20`);
    const [status, jobs, executions] = await Promise.all([call('status'), call(`jobs?${query}`), runs]);
    if (round !== state.round) {
      return; // a newer question is on its way
    }

    state.asOf = Date.now();
    showStatus(status);
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
  try {
    toast(said(await change(`jobs/${encodeURIComponent(job.id)}/${action}`, action === 'pause' ? { reason: 'paused from the dashboard' } : {})));
  } catch (error) {
    toast(`${action} of ${job.name} failed: ${error.message}`);
  }

  refresh();
}

function select(id) {
  state.selected = id;
  byId('detail').hidden = !id;
  showRuns([], 'Loading…');
  byId('detail-title').textContent = id ? `Executions of ${id}` : '';
  if (id) {
    byId('detail-title').focus();
    refresh();
  }
}

function turnTo(cursor) {
  state.cursor = cursor;
  refresh();
}

function clearFilters() {
  byId('search').value = byId('status').value = '';
  turnTo(null);
}

const on = (id, event, action) => byId(id).addEventListener(event, action);
on('search', 'input', () => {
  clearTimeout(state.typing);
  state.typing = setTimeout(turnTo, 200, null);
});
on('status', 'change', () => turnTo(null));
on('sort', 'change', () => turnTo(null));
on('interval', 'change', refresh);
on('refresh', 'click', refresh);
on('retry', 'click', refresh);
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
