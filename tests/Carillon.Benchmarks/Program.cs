using Carillon.Benchmarks.Comparisons;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks;

internal static class Program
{
    private const string Usage = """
        usage: Carillon.Benchmarks VERB [--OPTION VALUE]...
          throughput [--against quartz] [--shape repeating|oneshot|exclusive|skipping] [--jobs 1000] [--nodes 1] [--seconds 10] [--runs 3] [--slots 1024]
          lag        [--against quartz] [--rate 1000] [--nodes 1] [--aligned] [--seconds 30] [--runs 3] [--slots 1024]
          growth     [--rate 10000] [--seconds 20] [--runs 1] [--slots 1024]
          overload   [--against quartz] [--shape repeating|exclusive|skipping] [--jobs 1000] [--seconds 120] [--runs 1] [--slots 1024]
          profile    [--seconds 10] [--runs 3]
          soak       [--minutes 30] [--jobs 1000] [--slots 1024]
          failover   [--against quartz] [--fault kill|pause|leave] [--nodes 3] [--jobs 1000] [--slow 30] [--peer-jobs 200] [--runs 3] [--slots 256]
          gather     [--nodes 3] [--jobs 10000] [--reads 50] [--runs 3]
          sqlite     [--jobs 1000] [--seconds 10] [--runs 3] [--slots 1024]
          jobs       [--store sqlite|postgresql] [--jobs 1000000] [--against quartz] [--peer-jobs 10000] [--runs 1]
          append     [--seconds 10] [--runs 3]
          kernel     [--seconds 2] [--runs 5]
          operations [--seconds 1] [--runs 5]
          exposition [--jobs 10000] [--others 0] [--seconds 2] [--runs 5]
          statistics  [--jobs 1000] [--days 30] [--runs 3]
          history    [--executions 10000000] [--days 10] [--runs 3]
          aggregation [--jobs 10000] [--seconds 2] [--runs 5]
          lane       [--seconds 2] [--runs 5]
          report     publishes the results found in artifacts/benchmarks in docs/benchmarks.md
        """;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            return args.FirstOrDefault() switch
            {
                WorkerProcess.Verb => await WorkerHost.RunAsync(),
                "throughput" => await Throughput.RunAsync(args),
                "lag" => await Lag.RunAsync(args),
                "growth" => await Growth.RunAsync(args),
                "overload" => await Overload.RunAsync(args),
                "profile" => await Profile.RunAsync(args),
                "soak" => await Soak.RunAsync(args),
                "failover" => await FailOver.RunAsync(args),
                "gather" => await Gather.RunAsync(args),
                "sqlite" => await Sqlite.RunAsync(args),
                "jobs" => await ManyJobs.RunAsync(args),
                "append" => await Append.RunAsync(args),
                "kernel" => await KernelMailboxes.RunAsync(args),
                "operations" => await OperationCosts.RunAsync(args),
                "exposition" => await Exposition.RunAsync(args),
                "statistics" => await PastPeriods.RunAsync(args),
                "history" => await History.RunAsync(args),
                "aggregation" => await Aggregation.RunAsync(args),
                "lane" => await LaneRates.RunAsync(args),
                "report" => await Report.WriteAsync(),
                _ => throw new UsageException(Usage),
            };
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
