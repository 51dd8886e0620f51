using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>All there is to compare when a cluster has come to rest.</summary>
/// <param name="Jobs">What was to run.</param>
/// <param name="Requests">What really ran.</param>
/// <param name="Executions">What is recorded of it.</param>
/// <param name="Stretches">What is recorded of what did not run.</param>
/// <param name="Pages">What each node shows, by its name.</param>
/// <param name="Acknowledged">The executions of triggers that were acknowledged.</param>
/// <param name="Keys">How many different triggers were sent.</param>
internal sealed record ChaosRecords(
    IReadOnlyList<ChaosJob> Jobs,
    IReadOnlyList<TruthRequest> Requests,
    IReadOnlyList<ExecutionRow> Executions,
    IReadOnlyList<Stretch> Stretches,
    IReadOnlyDictionary<string, MetricsPage> Pages,
    IReadOnlyCollection<Guid> Acknowledged,
    int Keys);
