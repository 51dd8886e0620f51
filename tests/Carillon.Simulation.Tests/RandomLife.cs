using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>
/// Ten minutes in the life of a node to which everything happens that can: commands, code that fails, hangs and ignores
/// its cancellation, a slow and failing store, kills and restarts. The scene checks its invariants after every step.
/// </summary>
internal sealed class RandomLife
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly string[] Ids = ["a", "b", "c", "d", "e", "f"];

    private readonly Random _random;
    private readonly Scene _scene;
    private readonly List<string> _steps = [];

    public RandomLife(int seed)
    {
        _random = new Random(seed);
        _scene = new Scene(new SceneOptions { Seed = seed, Shards = 3, Slots = _random.Next(1, 6), DrainTime = TimeSpan.FromSeconds(_random.Next(1, 10)) });
        foreach (var id in Ids)
        {
            _scene.Outside.Script(id, _ => NextCode());
        }
    }

    /// <summary>What happened, for the message of a failure.</summary>
    public string Story => string.Join(Environment.NewLine, _steps.TakeLast(20));

    /// <summary>Everything that reached the outside, for comparing two lives.</summary>
    public IReadOnlyList<OutsideStart> Starts => _scene.Outside.Starts;

    public void Live()
    {
        _scene.Start();
        while (_scene.Now - Scene.Noon < Length)
        {
            Step();
            _scene.Pass(_random.NextDouble() * (_random.Next(4) == 0 ? 20 : 2));
        }

        ComeToRest();
    }

    private void Step()
    {
        if (!_scene.Living.Any())
        {
            Note("start");
            MakeWell();
            _scene.Start();
            return;
        }

        switch (_random.Next(20))
        {
            case < 4:
                Put();
                break;
            case < 7:
                Command("trigger", (jobs, id) => jobs.TriggerAsync(id, null, _random.Next(2) == 0 ? $"k{_random.Next(4)}" : null));
                break;
            case 7 or 10:
                DateTimeOffset? until = _random.Next(2) == 0 ? _scene.Now + Seconds(20) : null;
                Command("pause", (jobs, id) => jobs.PauseAsync(id, "chance", "chance", until));
                break;
            case 8:
                Command("resume", (jobs, id) => jobs.ResumeAsync(id));
                break;
            case 9:
                Command("remove", (jobs, id) => jobs.RemoveAsync(id));
                break;
            case 11:
                Command("trigger later", (jobs, id) => jobs.TriggerAsync(id, dueAt: _scene.Now + Seconds(20)));
                break;
            case 12:
                PauseAll();
                break;
            case var fate:
                Strike(fate - 3);
                break;
        }
    }

    private void Strike(int fate)
    {
        switch (fate)
        {
            case 10:
                Note("kill");
                _scene.Kill();
                break;
            case 11:
                Note("stop");
                MakeWell();
                _scene.Stop();
                break;
            case 12:
                Note("well");
                MakeWell();
                break;
            case 13:
                KillOnAppend();
                break;
            case 14:
                Cancel();
                break;
            default:
                MakeIll();
                break;
        }
    }

    private void Put()
    {
        var id = NextId();
        var definition = Sample.OnDemand(id: id) with
        {
            Schedule = NextSchedule(),
            Overlap = (OverlapPolicy)_random.Next(4),
            Misfire = (MisfirePolicy)_random.Next(3),
            Grace = TimeSpan.FromSeconds(_random.Next(10)),
            MaxConcurrent = _random.Next(1, 4),
            TotalTimeout = _random.Next(4) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 10)) : null,
            StartLimit = _random.Next(4) == 0 ? new StartLimit { Starts = _random.Next(1, 5), Per = TimeSpan.FromSeconds(_random.Next(1, 10)) } : null,
            Timeout = _random.Next(3) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 5)) : null,
            Guarantee = (Guarantee)_random.Next(2),
            Retry = NextRetry(),
            Enabled = _random.Next(8) > 0,
            Category = $"c{_random.Next(2)}",
        };
        Command($"put {definition}", (jobs, _) => jobs.PutAsync(definition, Scheduling.PutMode.CreateOrUpdate), id);
    }

    private void Command(string what, Func<Scheduling.IJobClient, string, Task<Scheduling.JobReply>> command, string? id = null)
    {
        var target = id ?? NextId();
        Note($"{what} {target}");
        _scene.Begin(jobs => command(jobs, target));
    }

    private void Cancel()
    {
        var open = _scene.Database.Attempts.Where(a => a.FinishedNo is null).OrderBy(a => a.PlannedNo).ToArray();
        if (open.Length > 0)
        {
            var key = open[_random.Next(open.Length)].Key;
            Command($"cancel {key}", (jobs, id) => jobs.CancelAsync(id, key.ScheduledAt, "chance"), key.JobId);
        }
    }

    private void PauseAll()
    {
        var pause = _random.Next(3) > 0 ? new Pause("chance", "chance", _scene.Now, _scene.Now + Seconds(15)) : null;
        Note($"pause all: {pause}");
        var store = _scene.Living.First().Store;
        _scene.Begin(async () =>
        {
            await store.SetPauseAsync(pause, CancellationToken.None);
            return true;
        });
    }

    private TimeSpan Seconds(int most)
    {
        return TimeSpan.FromSeconds(_random.NextDouble() * most);
    }

    private void KillOnAppend()
    {
        var (fault, after) = (_random.Next(2) == 0 ? StoreFault.HangBefore : StoreFault.HangAfter, _random.Next(20));
        Note($"kill on append {after}: {fault}");
        _scene.Faults.DecideAppend = _ =>
        {
            if (after-- > 0)
            {
                return StoreFault.None;
            }

            _scene.Faults.DecideAppend = static _ => StoreFault.None;
            _scene.Kill();
            return fault;
        };
    }

    private void MakeIll()
    {
        var (before, after, beats) = (_random.NextDouble() * 0.3, _random.NextDouble() * 0.3, _random.Next(3) == 0);
        _scene.Faults.RequestDelay = TimeSpan.FromMilliseconds(_random.Next(3) * _random.Next(400));
        _scene.Faults.ReplyDelay = TimeSpan.FromMilliseconds(_random.Next(3) * _random.Next(400));
        _scene.Faults.Decide = call => call is "beat" && !beats ? StoreFault.None
            : _random.NextDouble() is var chance && chance < before ? StoreFault.FailBefore
            : chance < before + after ? StoreFault.FailAfter
            : StoreFault.None;
        Note($"ill {before:F2} {after:F2} beats {beats}, {_scene.Faults.RequestDelay}, {_scene.Faults.ReplyDelay}");
    }

    private void MakeWell()
    {
        _scene.Faults.RequestDelay = TimeSpan.Zero;
        _scene.Faults.ReplyDelay = TimeSpan.Zero;
        _scene.Faults.Decide = static _ => StoreFault.None;
        _scene.Faults.DecideAppend = static _ => StoreFault.None;
    }

    /// <summary>When nothing goes wrong any more and no schedule runs, everything open ends, and no slot is lost.</summary>
    private void ComeToRest()
    {
        MakeWell();
        if (!_scene.Living.Any())
        {
            _scene.Start();
        }

        _scene.Pass(30);
        while (Quarantine.Of(_scene.Database.Nodes, _scene.Database.Shards, _scene.StoreClock.Now()).Count > 0)
        {
            _scene.Pass(30); // it died again and again
        }

        foreach (var job in _scene.Database.Jobs)
        {
            _scene.Pause(job.Id);
        }

        Note("rest");
        _scene.Pass(300);
        var worker = _scene.Worker();
        Assert.Equal((0, 0, 0), (worker.Active, worker.Running, worker.Unrecorded));
        Assert.DoesNotContain(_scene.Database.Attempts, a => a.FinishedNo is null);
    }

    private CodeScript NextCode()
    {
        var duration = TimeSpan.FromMilliseconds(_random.Next(4) == 0 ? _random.Next(8_000) : _random.Next(300));
        return new CodeScript(duration, _random.Next(4) == 0 ? "chance" : null, IsDeaf: _random.Next(6) == 0);
    }

    private RetryPolicy NextRetry()
    {
        return new RetryPolicy
        {
            Attempts = _random.Next(3),
            WaitMin = TimeSpan.FromSeconds(_random.Next(3)),
            Except = _random.Next(4) == 0 ? ["timeout"] : [],
        };
    }

    private ScheduleSpec NextSchedule()
    {
        return _random.Next(5) switch
        {
            0 => new ScheduleSpec(),
            3 => new ScheduleSpec { Every = TimeSpan.FromSeconds(_random.Next(1, 20)), EveryFrom = EveryFrom.End },
            1 => new ScheduleSpec { Every = TimeSpan.FromMilliseconds(_random.Next(100, 3_000)) },
            2 => new ScheduleSpec { Cron = $"*/{_random.Next(1, 20)} * * * * *" },
            _ => new ScheduleSpec { Every = TimeSpan.FromSeconds(_random.Next(1, 60)), Jitter = TimeSpan.FromMilliseconds(_random.Next(1_000)) },
        };
    }

    private string NextId()
    {
        return Ids[_random.Next(Ids.Length)];
    }

    private void Note(string step)
    {
        _steps.Add($"{_scene.Now:HH:mm:ss.fff} {step}");
    }
}
