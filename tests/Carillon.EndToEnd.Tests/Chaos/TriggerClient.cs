using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Api;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>
/// Somebody who triggers a job by any node, again and again under the same key until it is acknowledged, and now and then
/// once more after that.
/// </summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The client starts its loop itself, and ends it.")]
internal sealed class TriggerClient : IAsyncDisposable
{
    private const int RepeatOneIn = 5;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly Func<Uri> _next;
    private readonly Random _random;
    private readonly List<Guid> _acknowledged = [];
    private readonly List<string> _wrong = [];
    private readonly Task _loop;

    private TriggerClient(Func<Uri> next, Random random)
    {
        _next = next;
        _random = random;
        _loop = TriggerAsync();
    }

    /// <summary>The executions that it was told of, one for each key.</summary>
    public IReadOnlyCollection<Guid> Acknowledged => _acknowledged;

    /// <summary>How many keys it has sent, the last one perhaps in vain.</summary>
    public int Keys { get; private set; }

    /// <summary>Answers that must not be.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    public static TriggerClient Start(Func<Uri> next, Random random)
    {
        return new TriggerClient(next, random);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task TriggerAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"key-{++Keys}");
            if (await UntilAcknowledgedAsync(key, pace) is { } execution)
            {
                _acknowledged.Add(execution);
                if (_random.Next(RepeatOneIn) == 0 && await SendAsync(key) is { } repeated && repeated != execution)
                {
                    _wrong.Add($"{key} was acknowledged as {execution}, and then as {repeated}");
                }
            }

            await pace.WaitForNextTickAsync();
        }
    }

    private async Task<Guid?> UntilAcknowledgedAsync(string key, PeriodicTimer pace)
    {
        Guid? execution = null;
        while (execution is null && !_stop.IsCancellationRequested)
        {
            execution = await SendAsync(key);
            await pace.WaitForNextTickAsync();
        }

        return execution;
    }

    private async Task<Guid?> SendAsync(string key)
    {
        try
        {
            var api = new SchedulerApi(_http, _next());
            using var answer = await api.PostAsync($"jobs/{ChaosLoad.Triggered}/trigger", $$"""{"idempotency_key": "{{key}}"}""");
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                return JsonElement.Parse(body).GetProperty("data").GetProperty("execution_id").GetGuid();
            }

            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                _wrong.Add($"{key} was answered with {answer.StatusCode}: {body}");
            }
        }
        catch (Exception error) when (error is HttpRequestException { StatusCode: null } or HttpIOException or OperationCanceledException)
        {
            // Nobody answers: the next node may.
        }

        return null;
    }
}
