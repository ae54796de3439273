"""How far behind its arrival a document stands in line, and how far it was when last lost"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


# Without `batch_alter_table`, as in 0002: it may drop what hangs on the table.
def upgrade() -> None:
    op.add_column('documents', sa.Column('behind_s', sa.Float(), nullable=False, server_default='0'))
    op.add_column('documents', sa.Column('read_s', sa.Float(), nullable=False, server_default='0'))
    op.add_column('documents', sa.Column('goes_on', sa.Boolean(), nullable=False, server_default='0'))
    op.add_column('documents', sa.Column('lost_at', sa.Integer(), nullable=False, server_default='-1'))


def downgrade() -> None:
    op.drop_column('documents', 'lost_at')
    op.drop_column('documents', 'goes_on')
    op.drop_column('documents', 'read_s')
    op.drop_column('documents', 'behind_s')
