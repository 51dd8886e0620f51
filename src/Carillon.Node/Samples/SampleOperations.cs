using System.Text.Json;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Node.Samples;

/// <summary>
/// A job that records operations as fast as it can, as an app does that calls something often: <c>records</c> of the
/// payload from each of <c>threads</c> threads, for <c>name</c>, with the labels <c>thread</c> and <c>kind</c>.
/// </summary>
internal static class SampleOperations
{
    private const int ErrorEvery = 100;

    public static Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var payload = JsonElement.Parse(context.Payload ?? "{}");
        var name = payload.TryGetProperty("name", out var given) ? given.GetString() ?? "sample" : "sample";
        var records = payload.TryGetProperty("records", out var count) ? count.GetInt64() : 1_000;
        var threads = payload.TryGetProperty("threads", out var many) ? many.GetInt32() : 1;
        var metrics = context.Services.GetRequiredService<IOperationMetrics>();
        var recording = Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () => Record(metrics, name, $"t{thread}", records, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        return Task.WhenAll(recording);
    }

    private static void Record(
        IOperationMetrics metrics, string name, string thread, long records, CancellationToken cancellationToken)
    {
        for (var i = 0L; i < records && !cancellationToken.IsCancellationRequested; i++)
        {
            var latency = TimeSpan.FromMicroseconds(i % 10_000);
            if (i % ErrorEvery == 0)
            {
                metrics.RecordFailure(name, latency, "SampleException", ("thread", thread), ("kind", "sample"));
            }
            else
            {
                metrics.Record(name, latency, ("thread", thread), ("kind", "sample"));
            }
        }
    }
}
