/**
 * A stand-in for a cluster on one machine: replicas as the rendered Deployment says, probed as a
 * kubelet would, behind a balancer that hears of their readiness a little late.
 */
package afterword.rehearse;
