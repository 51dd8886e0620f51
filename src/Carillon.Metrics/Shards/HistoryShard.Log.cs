using Microsoft.Extensions.Logging;

namespace Carillon.Metrics;

public sealed partial class HistoryShard
{
    [LoggerMessage(
        LogLevel.Warning, "Shard {Shard}: {Count} job histories were not saved and will be tried again: {Problem}")]
    private static partial void LogNotSaved(ILogger log, int shard, int count, string problem);

    [LoggerMessage(
        LogLevel.Error, "Shard {Shard}, epoch {Epoch}: the job histories failed and have to be loaded again")]
    private static partial void LogNotRestarted(ILogger log, int shard, long epoch, Exception cause);
}
