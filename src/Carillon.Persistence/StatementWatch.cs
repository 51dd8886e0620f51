using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Carillon.Persistence;

/// <summary>Times operations on the store; those that take long are counted and logged, with their slowest statement.</summary>
internal sealed class StatementWatch(TimeProvider clock, ILogger log, TimeSpan slow)
{
    private const int MaxText = 2_000;

    /// <summary>The logger that slow operations go to.</summary>
    public ILogger Log => log;

    /// <summary>Runs <paramref name="operation"/> on this thread.</summary>
    public T Run<T>(string name, Func<T> operation)
    {
        var outer = StatementNotes.Current;
        var notes = new StatementNotes(clock);
        StatementNotes.Current = notes;
        var started = clock.GetTimestamp();
        try
        {
            return operation();
        }
        finally
        {
            StatementNotes.Current = outer;
            Report(name, started, notes);
        }
    }

    /// <summary>Awaits <paramref name="operation"/>.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> operation)
    {
        var notes = new StatementNotes(clock);
        StatementNotes.Current = notes;
        var started = clock.GetTimestamp();
        try
        {
            return await operation();
        }
        finally
        {
            Report(name, started, notes);
        }
    }

    private void Report(string name, long started, StatementNotes notes)
    {
        var elapsed = clock.GetElapsedTime(started);
        if (elapsed >= slow)
        {
            StoreInstruments.Slow.Add(1, new TagList { { "operation", name } });
            StoreLog.SlowOperation(
                log,
                name,
                (long)elapsed.TotalMilliseconds,
                notes.Statements,
                notes.Rows,
                (long)notes.SlowestTime.TotalMilliseconds,
                Shown(notes.Slowest));
        }
    }

    /// <summary>On one line, and of a long text its beginning.</summary>
    private static string? Shown(string? statement)
    {
        var text = statement is null ? null : string.Join(' ', statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text?.Length > MaxText ? text[..MaxText] + "…" : text;
    }
}
