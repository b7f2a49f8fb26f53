-- A whole upgrade of any pair: baton -f upgrade.sql [--set timeout=2h] 'jdbc:baton:failover:(...),(...)'
-- The first step that fails ends it with exit code 3 and leaves the application on the store where it is. Before the
-- switchover UPGRADE CANCEL takes everything back, behind it UPGRADE REVERSE does, until UPGRADE COMPLETE.
\default timeout 10min

\expect no severity ERROR
UPGRADE CHECK;
UPGRADE START;
UPGRADE WAIT FOR REPLICATING WITH (timeout = :'timeout');

\expect status SAME
UPGRADE VERIFY;
\expect status OK
UPGRADE REHEARSE;

UPGRADE SWITCH;

\expect status SAME
UPGRADE VERIFY;
UPGRADE COMPLETE;
