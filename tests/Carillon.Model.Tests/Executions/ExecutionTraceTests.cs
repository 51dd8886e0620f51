using System.Diagnostics;

namespace Carillon.Model.Tests.Executions;

public sealed class ExecutionTraceTests
{
    private static readonly Guid Execution = Guid.Parse("019bbf0c-7d00-7c1e-8a25-5f0f6c1d2e3a");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    public void Execution_that_nothing_traced_triggered_has_a_trace_of_its_own_id(string? traceParent)
    {
        var parent = ExecutionTrace.ParentOf(Execution, traceParent);

        Assert.Equal("019bbf0c7d007c1e8a255f0f6c1d2e3a", ExecutionTrace.IdOf(Execution, traceParent));
        Assert.Equal(default, parent.SpanId);
        Assert.Equal(ActivityTraceFlags.Recorded, parent.TraceFlags);
    }

    [Fact]
    public void Triggered_execution_is_in_the_trace_of_its_trigger()
    {
        var parent = ExecutionTrace.ParentOf(Execution, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", parent.TraceId.ToHexString());
        Assert.Equal("00f067aa0ba902b7", parent.SpanId.ToHexString());
        Assert.Equal(ActivityTraceFlags.None, parent.TraceFlags);
    }
}
