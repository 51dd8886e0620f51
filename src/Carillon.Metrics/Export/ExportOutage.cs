using Microsoft.Extensions.Logging;

namespace Carillon.Metrics;

/// <summary>
/// Counts what a receiver does not take, under the reason <c>export_NAME</c>, and logs when it stops taking and when it
/// begins again, not each time in between. Safe to use from any thread.
/// </summary>
public sealed partial class ExportOutage
{
    private readonly Lock _gate = new();
    private readonly string _exporter;
    private readonly DroppedMetrics _dropped;
    private readonly ILogger _log;
    private long _lost;
    private bool _isOut;

    /// <summary>Nothing is wrong yet.</summary>
    /// <param name="exporter">The kind of receiver.</param>
    /// <param name="dropped">Where it counts.</param>
    /// <param name="log">Where it tells.</param>
    public ExportOutage(string exporter, DroppedMetrics dropped, ILogger log)
    {
        _exporter = exporter;
        _dropped = dropped;
        _log = log;
        _dropped.Add("export_" + _exporter, 0);
    }

    /// <summary>Notes how sending went.</summary>
    /// <param name="dropped">How many lines, metrics or spans were not sent.</param>
    /// <param name="problem">Why; null when the receiver takes what it is sent.</param>
    public void Note(int dropped, string? problem)
    {
        lock (_gate)
        {
            _dropped.Add("export_" + _exporter, dropped);
            _lost += dropped;
            if (problem is not null && !_isOut)
            {
                LogOutage(_log, _exporter, problem);
            }
            else if (problem is null && _isOut)
            {
                LogOutageOver(_log, _exporter, _lost);
                _lost = 0;
            }

            _isOut = problem is not null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is exported to {Exporter}: {Problem}. What cannot be sent is dropped.")]
    private static partial void LogOutage(ILogger log, string exporter, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The export to {Exporter} goes on; {Dropped} items were dropped.")]
    private static partial void LogOutageOver(ILogger log, string exporter, long dropped);
}
