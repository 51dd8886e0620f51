using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>
/// Minutes in the life of a cluster to which everything happens that can: nodes that crash, stand still past their
/// lease, lose the store or each other, join and leave; a store that is slow, fails, and loses answers; clocks that are
/// stepped; commands all the while. The scene checks its invariants after every step, and every page that a node gives.
/// </summary>
internal sealed class ClusterLife
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(3);
    private static readonly string[] Jobs = ["a", "b", "c", "d", "e", "f", "g", "h"];
    private static readonly string[] Names = ["n1", "n2", "n3", "n4"];

    private readonly Random _random;
    private readonly RandomJobs _jobs;
    private readonly Scene _scene;
    private readonly PageLog _pages;
    private readonly List<(DateTimeOffset At, Action Do)> _later = [];
    private readonly List<string> _steps = [];
    private readonly int _nodes;

    public ClusterLife(int seed, PlantedBug bug = PlantedBug.None)
    {
        _random = new Random(seed);
        _jobs = new RandomJobs(_random);
        _nodes = _random.Next(2, Names.Length + 1);
        _scene = new Scene(new SceneOptions
        {
            Seed = seed,
            Shards = 6,
            Slots = _random.Next(1, 6),
            DrainTime = TimeSpan.FromSeconds(_random.Next(1, 10)),
            HasOwnFaults = true,
            Rejoins = true,
        });
        _scene.Database.Bug = bug;
        _pages = new PageLog(_scene);
        foreach (var id in Jobs)
        {
            _scene.Outside.Script(id, _ => _jobs.NextCode());
        }
    }

    /// <summary>What happened, for the message of a failure.</summary>
    public string Story => string.Join(Environment.NewLine, [.. _steps.TakeLast(30), _scene.Ownership, .. _scene.Log.Lines.TakeLast(30)]);

    /// <summary>Everything that reached the outside, for comparing two lives.</summary>
    public IReadOnlyList<OutsideStart> Starts => _scene.Outside.Starts;

    /// <summary>How many pages were given.</summary>
    public int Pages => _pages.Given;

    public void Live()
    {
        for (var node = 0; node < _nodes; node++)
        {
            Start(Names[node]);
        }

        while (_scene.Now - Scene.Noon < Length)
        {
            Step();
            Pass(_random.NextDouble() * (_random.Next(4) == 0 ? 8 : 1.5));
        }

        ComeToRest();
    }

    private void Pass(double seconds)
    {
        var until = _scene.Now + TimeSpan.FromSeconds(seconds);
        while (_later.Count > 0 && _later.MinBy(static l => l.At) is var due && due.At <= until)
        {
            _later.Remove(due);
            _scene.Pass(due.At > _scene.Now ? due.At - _scene.Now : TimeSpan.Zero);
            due.Do();
        }

        _scene.Pass(until > _scene.Now ? until - _scene.Now : TimeSpan.Zero);
        _pages.Check();
    }

    private void Step()
    {
        if (_random.Next(2) == 0 && _scene.Awake.Any())
        {
            _pages.Ask(Any(_scene.Awake).Name);
        }

        switch (_random.Next(16))
        {
            case < 6:
                Command();
                break;
            case < 8:
                Come();
                break;
            case 8 or 9 when _scene.Living.Any():
                Kill(Any(_scene.Living));
                break;
            case 10 or 11 when _scene.Awake.Any():
                StandStill(Any(_scene.Awake));
                break;
            case 12 when _scene.Awake.Any():
                Leave(Any(_scene.Awake));
                break;
            case 13 when _scene.Living.Any():
                MakeIll(Any(_scene.Living));
                break;
            case 14 when _scene.Living.Any():
                LosePeers(Any(_scene.Living));
                break;
            case 15 when _scene.Living.Any():
                LoseStore(Any(_scene.Living));
                break;
            default:
                StepClock();
                break;
        }
    }

    private void Come()
    {
        var gone = Names.Take(_nodes).Where(name => !_scene.Living.Any(n => string.Equals(n.Name, name, StringComparison.Ordinal))).ToArray();
        if (gone.Length > 0)
        {
            Start(gone[_random.Next(gone.Length)]);
        }
    }

    private void Start(string name)
    {
        Note($"start {name}");
        _scene.BeginStart(name);
    }

    private void Kill(SimulatedNode node)
    {
        if (_random.Next(3) == 0)
        {
            KillOnAppend(node);
            return;
        }

        Note($"kill {node.Name}");
        node.Kill();
    }

    private void KillOnAppend(SimulatedNode node)
    {
        var (fault, after) = (_random.Next(2) == 0 ? StoreFault.HangBefore : StoreFault.HangAfter, _random.Next(10));
        Note($"kill {node.Name} on append {after}: {fault}");
        node.Store.Faults.DecideAppend = _ =>
        {
            if (after-- > 0)
            {
                return StoreFault.None;
            }

            node.Store.Faults.DecideAppend = static _ => StoreFault.None;
            node.Kill();
            return fault;
        };
    }

    private void StandStill(SimulatedNode node)
    {
        var time = Seconds(_random.Next(3) == 0 ? 25 : 4);
        Note($"stop {node.Name} for {time.TotalSeconds:F1} s");
        node.Pause();
        Later(time, $"continue {node.Name}", () =>
        {
            if (node.IsAlive)
            {
                node.Resume();
            }
        });
    }

    private void Leave(SimulatedNode node)
    {
        Note($"leave {node.Name}");
        _scene.BeginStop(node.Name);
    }

    private void MakeIll(SimulatedNode node)
    {
        var (before, after, beats) = (_random.NextDouble() * 0.3, _random.NextDouble() * 0.3, _random.Next(3) == 0);
        var lost = _random.Next(2) == 0 ? StoreFault.Late : StoreFault.FailAfter;
        var faults = node.Store.Faults;
        faults.RequestDelay = TimeSpan.FromMilliseconds(_random.Next(3) * _random.Next(300));
        faults.ReplyDelay = TimeSpan.FromMilliseconds(_random.Next(3) * _random.Next(300));
        faults.Decide = call => call is "beat" && !beats ? StoreFault.None
            : _random.NextDouble() is var chance && chance < before ? StoreFault.FailBefore
            : chance < before + after ? lost
            : StoreFault.None;
        Note($"ill {node.Name}: {before:F2} {after:F2} beats {beats}, {faults.RequestDelay}, {faults.ReplyDelay}");
        Later(Seconds(20), $"well {node.Name}", () => MakeWell(node));
    }

    private void LoseStore(SimulatedNode node)
    {
        var fault = _random.Next(2) == 0 ? StoreFault.FailBefore : StoreFault.FailAfter;
        Note($"{node.Name} loses the store: {fault}");
        node.Store.Faults.Decide = _ => fault;
        if (fault is StoreFault.FailBefore)
        {
            _scene.Database.EndSession(node.Incarnation); // the server sees that it is gone, and the process goes on
        }

        Later(Seconds(15), $"well {node.Name}", () => MakeWell(node));
    }

    private void LosePeers(SimulatedNode node)
    {
        var others = _scene.Living.Where(other => other != node && _random.Next(2) == 0).ToArray();
        Note($"{node.Name} loses {string.Join(',', others.Select(static o => o.Name))}");
        foreach (var other in others)
        {
            if (_random.Next(3) == 0)
            {
                _scene.Post(() => _scene.Network.Drop(node.Incarnation, other.Incarnation));
            }
            else
            {
                _scene.Network.Cut(node.Incarnation, other.Incarnation, bothWays: _random.Next(2) == 0);
                Later(Seconds(15), $"{node.Name} and {other.Name} meet", () => _scene.Post(() => _scene.Network.Heal(node.Incarnation, other.Incarnation)));
            }
        }
    }

    private void StepClock()
    {
        var by = TimeSpan.FromSeconds((_random.NextDouble() * 8) - 4);
        if (_random.Next(3) > 0 && _scene.Living.Any())
        {
            var node = Any(_scene.Living);
            Note($"clock of {node.Name} by {by.TotalSeconds:F1} s");
            node.Wall.Step(by);
        }
    }

    private void Command()
    {
        if (!_scene.Awake.Any())
        {
            return;
        }

        var id = Jobs[_random.Next(Jobs.Length)];
        switch (_random.Next(11))
        {
            case < 5:
                var definition = _jobs.Next(id);
                Command($"put {definition}", jobs => jobs.PutAsync(definition, Scheduling.PutMode.CreateOrUpdate));
                break;
            case < 7:
                Command($"trigger {id}", jobs => jobs.TriggerAsync(id, null, _random.Next(2) == 0 ? $"k{_random.Next(4)}" : null));
                break;
            case 7:
                Command($"pause {id}", jobs => jobs.PauseAsync(id, "chance", "chance", _scene.Now + Seconds(20)));
                break;
            case 8:
                Command($"remove {id}", jobs => jobs.RemoveAsync(id));
                break;
            case 9:
                Reset(Any(_scene.Awake));
                break;
            default:
                Cancel();
                break;
        }
    }

    private void Cancel()
    {
        var open = _scene.Database.Attempts.Where(a => a.FinishedNo is null).OrderBy(a => a.PlannedNo).ThenBy(a => a.Key.JobId, StringComparer.Ordinal).ToArray();
        if (open.Length > 0)
        {
            var key = open[_random.Next(open.Length)].Key;
            Command($"cancel {key}", jobs => jobs.CancelAsync(key.JobId, key.ScheduledAt, "chance"));
        }
    }

    private void Reset(SimulatedNode node)
    {
        Note($"reset at {node.Name}");
        _pages.Reset(node.Name);
    }

    private void Command(string what, Func<Scheduling.IJobClient, Task<Scheduling.JobReply>> command)
    {
        var node = Any(_scene.Awake);
        Note($"{what} at {node.Name}");
        if (node.Jobs is { } jobs)
        {
            _scene.Begin(() => command(jobs));
        }
    }

    /// <summary>What a dead node ran is given up without anybody doing something with its job.</summary>
    private void NothingStaysOnTheDead()
    {
        var living = _scene.Living.Select(static n => n.Incarnation).ToHashSet();
        Assert.DoesNotContain(_scene.Database.Attempts, a => a is { FinishedNo: null, StartedNo: not null, Node: { } node } && !living.Contains(node));
    }

    /// <summary>When nothing goes wrong any more and no schedule runs, everything open ends, and no slot is lost.</summary>
    private void ComeToRest()
    {
        Note("rest");
        _later.ForEach(static l => l.Do());
        _later.Clear();
        foreach (var node in _scene.Living)
        {
            MakeWell(node);
        }

        _scene.Post(_scene.Network.HealAll);
        Pass(15);
        if (!_scene.Living.Any())
        {
            Start(Names[0]);
        }

        Pass(75); // longer than a quarantine
        NothingStaysOnTheDead();
        foreach (var job in _scene.Database.Jobs)
        {
            _scene.Pause(job.Id);
        }

        Pass(200);
        _pages.Ask(_scene.Awake.First().Name);
        Pass(5);
        Assert.DoesNotContain(_scene.Database.Attempts, a => a.FinishedNo is null);
        foreach (var node in _scene.Living)
        {
            var worker = _scene.Worker(node.Name);
            Assert.Equal((node.Name, 0, 0, 0), (node.Name, worker.Active, worker.Running, worker.Unrecorded));
        }
    }

    private static void MakeWell(SimulatedNode node)
    {
        var faults = node.Store.Faults;
        faults.RequestDelay = TimeSpan.Zero;
        faults.ReplyDelay = TimeSpan.Zero;
        faults.Decide = static _ => StoreFault.None;
        faults.DecideAppend = static _ => StoreFault.None;
    }

    private void Later(TimeSpan time, string what, Action action)
    {
        void Do()
        {
            Note(what);
            action();
        }

        _later.Add((_scene.Now + time, Do));
    }

    private T Any<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        return all[_random.Next(all.Length)];
    }

    private TimeSpan Seconds(int most)
    {
        return TimeSpan.FromSeconds(_random.NextDouble() * most);
    }

    private void Note(string step)
    {
        _steps.Add($"{_scene.Now:HH:mm:ss.fff} {step}");
    }
}
