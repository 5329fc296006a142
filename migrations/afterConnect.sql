-- A migration that cannot get its lock gives up, rather than queue up everybody behind itself.
set lock_timeout = '5s';
