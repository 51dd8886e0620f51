using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting.Tests;

/// <summary>An OpenTelemetry collector that keeps what it is sent, by HTTP or by gRPC.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<OtlpPoint> _points = [];
    private readonly List<OtlpSpan> _spans = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waiters = [];

    private OtlpCollector(WebApplication app)
    {
        _app = app;
    }

    public string Url => _app.Urls.First();

    /// <summary>What requests answer; 200 takes what is sent.</summary>
    public int Status { get; set; } = 200;

    public SortedDictionary<string, string> Resource { get; private set; } = [];

    public string? Token { get; private set; }

    public static async Task<OtlpCollector> StartAsync(HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.Run(collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    /// <summary>The series as last sent, of every process.</summary>
    public IReadOnlyList<OtlpPoint> Latest()
    {
        lock (_gate)
        {
            return [.. _points.GroupBy(static p => (p.Instance, p.Metric, p.Attributes)).Select(static same => same.Last())];
        }
    }

    public IReadOnlyList<OtlpPoint> All()
    {
        lock (_gate)
        {
            return [.. _points];
        }
    }

    public IReadOnlyList<OtlpSpan> Spans()
    {
        lock (_gate)
        {
            return [.. _spans];
        }
    }

    /// <summary>Waits for what is to arrive.</summary>
    public async Task UntilAsync(Func<OtlpCollector, bool> condition, string what)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (condition(this))
            {
                return;
            }

            _waiters.Add((() => condition(this), met));
        }

        try
        {
            await met.Task.WaitAsync(Limit);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Not within {Limit}: {what}.", late);
        }
    }

    public ValueTask DisposeAsync()
    {
        return _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var isGrpc = context.Request.ContentType == "application/grpc";
        var message = new ProtoMessage(isGrpc ? Unframed(body.ToArray()) : body.ToArray());
        var path = context.Request.Path.Value!;
        context.Response.StatusCode = Status;
        if (Status == 200)
        {
            lock (_gate)
            {
                Token = context.Request.Headers["x-token"];
                foreach (var part in message.Messages(1))
                {
                    Take(part, isMetrics: path.Contains("metrics", StringComparison.OrdinalIgnoreCase));
                }

                _waiters.FindAll(static w => w.Condition()).ForEach(static w => w.Met.TrySetResult());
            }
        }

        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", "0");
            await context.Response.Body.WriteAsync(new byte[5]);
        }
    }

    private static ReadOnlyMemory<byte> Unframed(byte[] body)
    {
        Assert.Equal(0, body[0]);
        Assert.Equal(body.Length - 5, BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)));
        return body.AsMemory(5);
    }

    private void Take(ProtoMessage part, bool isMetrics)
    {
        Resource = part.Message(1).Attributes(1);
        var instance = Resource["service.instance.id"];
        foreach (var scope in part.Messages(2))
        {
            Assert.Equal("Carillon", scope.Message(1).Text(1));
            if (isMetrics)
            {
                _points.AddRange(scope.Messages(2).SelectMany(metric => Points(instance, metric)));
            }
            else
            {
                _spans.AddRange(scope.Messages(2).Select(Span));
            }
        }
    }

    private static IEnumerable<OtlpPoint> Points(string instance, ProtoMessage metric)
    {
        var name = metric.Text(1);
        foreach (var data in metric.Messages(5).Concat(metric.Messages(7)))
        {
            foreach (var point in data.Messages(1))
            {
                var value = point.Number(6) is not 0 and var whole ? whole : point.Double(4);
                yield return new OtlpPoint(instance, name, Shown(point.Attributes(7)), point.Number(2), value, 0, []);
            }
        }

        foreach (var data in metric.Messages(9))
        {
            foreach (var point in data.Messages(1))
            {
                yield return new OtlpPoint(
                    instance, name, Shown(point.Attributes(9)), point.Number(2), point.Number(4), point.Double(5), point.Packed(6));
            }
        }
    }

    private static OtlpSpan Span(ProtoMessage span)
    {
        var status = span.Messages(15).SingleOrDefault()?.Number(3) ?? 0;
        return new OtlpSpan(
            span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Number(7), span.Number(8), span.Attributes(9), status);
    }

    private static string Shown(SortedDictionary<string, string> attributes)
    {
        return string.Join(' ', attributes.Select(static a => $"{a.Key}={a.Value}"));
    }
}
