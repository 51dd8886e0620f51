using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>
/// A random but legal history of a few jobs: executions that overlap, wait, retry, fail and are cancelled, stretches
/// that do not run and grow, jobs that change their category, are deleted while something is open, and come back.
/// </summary>
internal sealed class RandomFacts(int seed, IReadOnlyList<string> jobIds)
{
    private static readonly string?[] Categories = ["billing", "reports", null];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Stretch> _stretches = [];
    private readonly List<Open> _open = [];
    private readonly HashSet<string> _living = [];
    private int _clock;

    public Facts Facts { get; } = new();

    public bool ChangesJobs { get; init; }

    public void Step()
    {
        _clock++;
        var jobId = jobIds[_random.Next(jobIds.Count)];
        if (_living.Add(jobId))
        {
            Facts.Save(jobId, Category());
            return;
        }

        switch (_random.Next(ChangesJobs ? 24 : 20))
        {
            case < 8:
                Plan(jobId);
                break;
            case < 17:
                Advance();
                break;
            case < 20:
                GrowStretch(jobId);
                break;
            case < 22:
                Facts.Save(jobId, Category());
                break;
            case 22:
                Facts.Delete(jobId);
                _living.Remove(jobId);
                _stretches.Remove(jobId);
                break;
            default:
                Facts.Add(new SaveTriggerKey(new TriggerKey(jobId, "key", Facts.At(_clock), Facts.At(_clock + 1))));
                break;
        }
    }

    private string? Category()
    {
        return Categories[_random.Next(Categories.Length)];
    }

    private WaitCause Cause()
    {
        return (WaitCause)_random.Next(6);
    }

    private double Lag()
    {
        return (_random.NextDouble() * 20) - 1;
    }

    private void Plan(string jobId)
    {
        var trigger = (TriggerKind)_random.Next(2);
        _stretches.Remove(jobId);
        _open.Add(_random.Next(2) == 0
            ? new Open(Facts.Plan(jobId, _clock, trigger: trigger), false)
            : new Open(Facts.Begin(jobId, _clock, 1, Lag(), Cause(), trigger), true));
    }

    private void Advance()
    {
        if (_open.Count == 0)
        {
            return;
        }

        var index = _random.Next(_open.Count);
        var (key, started) = _open[index];
        _open.RemoveAt(index);
        if (!started && _random.Next(5) > 0)
        {
            Facts.StartWaiting(key, Lag(), Cause());
            _open.Add(new Open(key, true));
            return;
        }

        var outcome = started ? (Outcome)_random.Next(1, 5) : Outcome.Cancelled;
        outcome = outcome == Outcome.Cancelled && started ? Outcome.Lost : outcome;
        var retried = started && outcome != Outcome.Succeeded && _random.Next(2) == 0;
        var error = outcome == Outcome.Succeeded ? null : $"Fehler “{_clock}”\n";
        Facts.Finish(key, outcome, Duration(started), !retried, started, error);
        if (retried)
        {
            var at = (key.ScheduledAt - Facts.Start).TotalSeconds;
            _open.Add(_random.Next(2) == 0
                ? new Open(Facts.Plan(key.JobId, at, key.Attempt + 1), false)
                : new Open(Facts.Begin(key.JobId, at, key.Attempt + 1, Lag(), Cause()), true));
        }
    }

    private long? Duration(bool started)
    {
        return !started || _random.Next(10) == 0 ? null : (long)Math.Exp(_random.NextDouble() * 25);
    }

    private void GrowStretch(string jobId)
    {
        var outcome = _random.Next(2) == 0 ? Outcome.Skipped : Outcome.Misfired;
        var stretch = _stretches.TryGetValue(jobId, out var known) && _random.Next(4) > 0
            ? known with { To = _clock, Count = known.Count + _random.Next(1, 4) }
            : new Stretch(_clock, _clock, 1, outcome);
        _stretches[jobId] = stretch;
        Facts.NotRun(jobId, stretch.From, stretch.To, stretch.Count, stretch.Outcome);
    }

    private sealed record Open(AttemptKey Key, bool Started);

    private sealed record Stretch(double From, double To, long Count, Outcome Outcome);
}
