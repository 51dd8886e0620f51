using System.Globalization;
using System.Security.Cryptography;
using Carillon.Model;
using Carillon.Persistence;
using Carillon.Web;

namespace Carillon.Hosting;

/// <summary>Says what is wrong with the settings of a node: every problem at once, each naming key, value and what is allowed.</summary>
internal static class OptionsCheck
{
    private const int MaxNameLength = 200;

    public static IReadOnlyList<OptionsProblem> Problems(CarillonOptions options)
    {
        var problems = new List<OptionsProblem>();
        InRange("carillon.cluster.shards", options.Cluster.Shards, 1, 4_096, problems);
        InRange("carillon.cluster.lease", options.Cluster.Lease, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(5), problems);
        CheckHeartbeat(options.Cluster, problems);
        CheckLength("carillon.cluster.name", options.Cluster.Name, problems);
        InRange("carillon.workers.slots", options.Workers.Slots, 1, 10_000, problems);
        InRange("carillon.workers.drain-timeout", options.Workers.DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1), problems);
        InRange("carillon.metrics.window", options.Metrics.Window, 10, 100_000, problems);
        CheckMetrics(options.Metrics, problems);
        InRange("carillon.metrics.max-jobs", options.Metrics.MaxJobs, 0, 1_000_000, problems);
        InRange("carillon.history.retention", options.History.Retention, TimeSpan.FromHours(1), TimeSpan.FromDays(3_653), problems);
        InRange("carillon.history.rollup-minute-retention", options.History.RollupMinuteRetention, TimeSpan.FromHours(1), TimeSpan.FromDays(3_653), problems);
        InRange("carillon.history.rollup-hour-retention", options.History.RollupHourRetention, TimeSpan.FromHours(1), TimeSpan.FromDays(3_653), problems);
        InRange("carillon.history.output-limit", options.History.OutputLimit, 0, 1024 * 1024, problems);
        InRange("carillon.store.slow-query", options.Store.SlowQuery, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), problems);
        foreach (var (name, queue) in options.Workers.Queues)
        {
            InRange($"carillon.workers.queues.{name}.slots", queue.Slots, 1, 10_000, problems);
            InRange($"carillon.workers.queues.{name}.busy-threshold", queue.BusyThreshold, 1, int.MaxValue, problems);
            if (queue.StartLimit is { } limit)
            {
                InRange($"carillon.workers.queues.{name}.start-limit.starts", limit.Starts, 1, StartLimit.MaxStarts, problems);
                InRange($"carillon.workers.queues.{name}.start-limit.per", limit.Per, StartLimit.MinPer, StartLimit.MaxPer, problems);
            }
        }

        CheckLogFile(options.Logging.File, problems);
        ExportCheck.Check(options.Metrics.Export, problems);
        CheckNode(options.Node, problems);
        if (options.Store.Provider == StoreProvider.Postgresql)
        {
            CheckPostgreSql(options.Store, problems);
        }

        var urls = string.Join(';', Urls(options.Node).Where(static url => IsUrl(WithHost(url))));
        var access = StartupChecks.Problems(
            urls, options.Security, options.Store.Provider.ToString(), options.Cluster.Secret, RandomNumberGenerator.GetBytes);
        problems.AddRange(access.Select(OptionsProblem.Of));
        return problems;
    }

    private static void CheckMetrics(MetricsOptions metrics, List<OptionsProblem> problems)
    {
        InRange("carillon.metrics.max-label-sets", metrics.MaxLabelSets, 1, 100_000, problems);
        InRange("carillon.metrics.health.error-rate", metrics.Health.ErrorRate, 0, 1, problems);
        InRange("carillon.metrics.health.success-rate", metrics.Health.SuccessRate, 0, 1, problems);
        InRange("carillon.metrics.health.p95", metrics.Health.P95, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(7), problems);
        foreach (var meter in metrics.Meters.Where(static meter => meter.Length is 0 or > MaxNameLength))
        {
            problems.Add(OptionsProblem.At(
                "carillon.metrics.meters",
                string.Create(CultureInfo.InvariantCulture, $"holds '{meter}', but a meter's name must have 1 to {MaxNameLength} characters")));
        }
    }

    private static void CheckLogFile(LogFileOptions file, List<OptionsProblem> problems)
    {
        if (file.Path is not null && string.IsNullOrWhiteSpace(file.Path))
        {
            problems.Add(OptionsProblem.At("carillon.logging.file.path", "is empty: write a file, or leave it out"));
        }

        InRange("carillon.logging.file.max-size", file.MaxSize, 64 * 1024, 64L * 1024 * 1024 * 1024, problems);
        InRange("carillon.logging.file.max-files", file.MaxFiles, 1, 1_000, problems);
    }

    private static void CheckPostgreSql(StoreOptions store, List<OptionsProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(store.ConnectionString))
        {
            problems.Add(OptionsProblem.At(
                "carillon.store.connection-string",
                "is missing: provider postgresql needs one, such as \"Host=127.0.0.1;Database=carillon;Username=carillon\""));
            return;
        }

        var target = new PostgreSqlStoreOptions { ConnectionString = store.ConnectionString, Schema = store.Schema, Incarnation = Guid.Empty };
        if (target.ConnectionStringProblem is { } connection)
        {
            problems.Add(OptionsProblem.At("carillon.store.connection-string", connection));
        }

        if (target.SchemaProblem is { } schema)
        {
            problems.Add(OptionsProblem.At("carillon.store.schema", schema));
        }
    }

    private static void CheckHeartbeat(ClusterOptions cluster, List<OptionsProblem> problems)
    {
        var min = TimeSpan.FromMilliseconds(100);
        var max = cluster.Lease / 3;
        if (max >= min && (cluster.Heartbeat < min || cluster.Heartbeat > max))
        {
            problems.Add(OptionsProblem.At(
                "carillon.cluster.heartbeat",
                $"is {Shown(cluster.Heartbeat)}, but must be from {Shown(min)} to {Shown(max)}, a third of carillon.cluster.lease"));
        }
    }

    private static string[] Urls(NodeOptions node)
    {
        return node.Urls.Split(';', StringSplitOptions.TrimEntries);
    }

    private static void CheckNode(NodeOptions node, List<OptionsProblem> problems)
    {
        var urls = Urls(node);
        foreach (var url in urls.Where(static u => !IsUrl(WithHost(u))))
        {
            problems.Add(OptionsProblem.At("carillon.node.urls", $"is '{url}', which is not a URL to listen on: write http://ADDRESS:PORT or https://ADDRESS:PORT"));
        }

        if (node.Advertise is { } advertise)
        {
            if (!IsUrl(advertise))
            {
                problems.Add(OptionsProblem.At("carillon.node.advertise", $"is '{advertise}', which is not a base URL: write http://HOST:PORT or https://HOST:PORT"));
            }
        }
        else if (urls is not [var only] || IsAnyAddress(only))
        {
            problems.Add(OptionsProblem.At(
                "carillon.node.advertise",
                $"is missing: carillon.node.urls '{node.Urls}' is not one concrete address; write the URL under which others reach this node"));
        }

        if (node.Name is not null)
        {
            CheckLength("carillon.node.name", node.Name, problems);
        }

        if (string.IsNullOrWhiteSpace(node.DataDir))
        {
            problems.Add(OptionsProblem.At("carillon.node.data-dir", "is empty: write a directory"));
        }
    }

    private static bool IsUrl(string url)
    {
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
    }

    private static bool IsAnyAddress(string url)
    {
        return !string.Equals(WithHost(url), url, StringComparison.Ordinal) || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host is "0.0.0.0" or "[::]");
    }

    /// <summary>The web server's own ways to write any address are not URLs.</summary>
    private static string WithHost(string url)
    {
        return url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
    }

    private static void CheckLength(string key, string name, List<OptionsProblem> problems)
    {
        if (name.Length is 0 or > MaxNameLength)
        {
            problems.Add(OptionsProblem.At(
                key, string.Create(CultureInfo.InvariantCulture, $"has {name.Length} characters, but must have 1 to {MaxNameLength}")));
        }
    }

    internal static void InRange<T>(string key, T value, T min, T max, List<OptionsProblem> problems)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            problems.Add(OptionsProblem.At(key, $"is {Shown(value)}, but must be from {Shown(min)} to {Shown(max)}"));
        }
    }

    private static string Shown<T>(T value)
    {
        return value is TimeSpan duration ? DurationText.Format(duration) : string.Create(CultureInfo.InvariantCulture, $"{value}");
    }
}
