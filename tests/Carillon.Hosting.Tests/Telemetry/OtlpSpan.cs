namespace Carillon.Hosting.Tests;

/// <summary>One span as it arrived.</summary>
internal sealed record OtlpSpan(
    string TraceId, string SpanId, string ParentId, string Name, long Start, long End, IReadOnlyDictionary<string, string> Attributes, long Status);
